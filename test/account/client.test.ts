import { silentLogger, systemClock } from "@cosell/connector";
import { manualClock, startPartnerCentral, type RunningPartnerCentral } from "@cosell/emulator";
import {
  createMemoryQuotaGate,
  createPartnerCentralAccount,
  type PartnerCentralAccount,
} from "@cosell/partner-central";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

const partnerTwo = "444455556666";
const details = {
  DisplayName: "Example Cloud",
  Description: "Moves shops to the cloud.",
  WebsiteUrl: "https://example.com",
  LogoUrl: "https://example.com/logo.png",
  PrimarySolutionType: "CONSULTING_SERVICES",
  IndustrySegments: ["RETAIL"],
  TranslationSourceLocale: "en-US",
} as const;

let world: RunningPartnerCentral;
let client: PartnerCentralAccount;
beforeEach(async () => {
  const clock = manualClock(Date.parse("2026-01-15T09:00:00Z"));
  world = await startPartnerCentral({ clock, accountSettings: { connectionsNeedProfile: false } });
  client = createPartnerCentralAccount({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint: world.partnerCentralAccount.url,
    credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "not checked" },
    gate: createMemoryQuotaGate({ clock: systemClock }),
    clock: systemClock,
    logger: silentLogger,
  });
});
afterEach(async () => {
  client.close();
  await world.close();
});

const invite = (ReceiverIdentifier: string, ClientToken: string) =>
  client.call("CreateConnectionInvitation", {
    ClientToken,
    ConnectionType: "OPPORTUNITY_COLLABORATION",
    Email: "one@example.com",
    Name: "Partner One",
    Message: "Let us sell together.",
    ReceiverIdentifier,
  });

describe("Cosell's own client of the Account API", () => {
  it("sets a partner up, profile and all", async () => {
    await client.call("SendEmailVerificationCode", { Email: "ada@example.com" });
    const { Id: Identifier = "" } = await client.call("CreatePartner", {
      ClientToken: "partner",
      LegalName: "Example GmbH",
      PrimarySolutionType: "CONSULTING_SERVICES",
      AllianceLeadContact: { FirstName: "Ada", LastName: "Lead", Email: "ada@example.com", BusinessTitle: "Alliances" },
      EmailVerificationCode: world.partnerCentral.account.emailCode("ada@example.com")?.code,
    });
    const id = Identifier ?? "";
    const task = { Identifier: id, ClientToken: "profile", TaskDetails: details };
    const started = await client.call("StartProfileUpdateTask", task);
    expect(await client.call("StartProfileUpdateTask", task)).toEqual(started);
    expect((await client.call("GetProfileUpdateTask", { Identifier: id })).Status).toBe("SUCCEEDED");
    expect((await client.call("GetQualificationsAssociationDetails", { Identifier: id })).Status).toBe(
      "NOT_ASSOCIATED",
    );
  });

  it("invites once for a token, and lists every page", async () => {
    const first = await invite(partnerTwo, "token");
    expect(await invite(partnerTwo, "token")).toEqual(first);
    await expect(invite("000000000001", "token")).rejects.toMatchObject({
      failure: { kind: "conflict", code: "CONFLICT_CLIENT_TOKEN" },
    });
    await invite("000000000001", "another");
    const others: unknown[] = [];
    for await (const page of client.pages("ListConnectionInvitations", { MaxResults: 1 })) {
      others.push(page.map(({ OtherParticipantIdentifier }) => OtherParticipantIdentifier));
    }
    expect(others).toEqual([["000000000001"], [partnerTwo]]);
  });
});
