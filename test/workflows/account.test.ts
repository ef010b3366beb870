import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import { partner, profile } from "./support/deal.ts";
import { countsOf, idIn, notebook, startWorld, type World } from "./support/world.ts";

const lead = partner["AllianceLeadContact"] as JsonObject & { readonly Email: string };

describe("the workflow account", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, { taskDelayMs: 5000 });
  });
  afterEach(() => world.close());

  const codeSentTo = (email: string): string => world.partnerCentral.account.emailCode(email)?.code ?? "no code";

  it("creates the partner with the code from the mail, publishes its profile and shows it", async () => {
    const memory = notebook();
    const first = await world.run("account", { partner, profile, visibility: "PUBLIC" }, { memory });
    expect(first.outcome).toMatchObject({ status: "needs-person", result: { wants: "code" } });
    expect(countsOf(world)).toMatchObject({ partners: 0 });

    const code = codeSentTo(lead.Email);
    const { outcome } = await world.run("account", { code }, { memory });
    expect(outcome).toMatchObject({ status: "done", result: { partner: expect.stringMatching(/^partner-/) } });
    expect(JSON.stringify(memory.record())).not.toContain(code);
    const Identifier = idIn(outcome, "partner");
    expect(await world.account.call("GetProfileVisibility", { Identifier })).toMatchObject({ Visibility: "PUBLIC" });
    expect(await world.account.call("GetPartner", { Identifier })).toMatchObject({
      Profile: { Description: "We move shops." },
    });
  });

  it("sends another code when it is not given, and goes on after a wrong one", async () => {
    const memory = notebook();
    await world.run("account", { partner }, { memory });
    const old = codeSentTo(lead.Email);
    await world.run("account", undefined, { memory });
    await expect(world.run("account", { code: old }, { memory })).rejects.toMatchObject({
      failure: { kind: "invalid" },
    });
    const { outcome } = await world.run("account", { code: codeSentTo(lead.Email) }, { memory });
    expect(outcome.status).toBe("done");
    expect(countsOf(world)).toMatchObject({ partners: 1 });
  });

  it("changes the alliance lead and adds a training domain, each with the code from its mail", async () => {
    const memory = notebook();
    await world.run("account", { partner }, { memory });
    await world.run("account", { code: codeSentTo(lead.Email) }, { memory });
    const allianceLead = { ...lead, Email: "bo@partnerone.example.com", FirstName: "Bo" };
    const trainingEmail = "learn@training.example.com";

    const asked = await world.run("account", { allianceLead, trainingEmail }, { memory });
    expect(asked.outcome).toMatchObject({ status: "needs-person", result: { wants: "allianceLeadCode" } });
    const allianceLeadCode = codeSentTo(allianceLead.Email);
    const next = await world.run("account", { allianceLeadCode }, { memory });
    expect(next.outcome).toMatchObject({ status: "needs-person", result: { wants: "trainingCode" } });
    const { outcome } = await world.run("account", { trainingCode: codeSentTo(trainingEmail) }, { memory });
    expect(outcome.status).toBe("done");

    const Identifier = idIn(outcome, "partner");
    expect(await world.account.call("GetAllianceLeadContact", { Identifier })).toMatchObject({
      AllianceLeadContact: { FirstName: "Bo" },
    });
    expect(countsOf(world)).toMatchObject({ domains: 1 });
  });

  it("says what verification wants, and starts it again after a failure", async () => {
    world.partnerCentral.account.configure({ businessVerification: "REJECTED" });
    const memory = notebook();
    const businessVerification = { LegalName: "Example Partner One", RegistrationId: "HRB 1", CountryCode: "DE" };
    const rejected = await world.run("account", { businessVerification, registrantVerification: {} }, { memory });
    expect(rejected.outcome).toMatchObject({ status: "needs-person", summary: expect.stringContaining("REJECTED") });

    world.partnerCentral.account.configure({ businessVerification: "SUCCEEDED" });
    const corrected = { ...businessVerification, RegistrationId: "HRB 2" };
    const waiting = await world.run("account", { businessVerification: corrected }, { memory });
    expect(waiting.outcome).toMatchObject({
      status: "needs-person",
      next: [expect.stringMatching(/^Complete it here: https:/), expect.any(String)],
    });
    expect(JSON.stringify(memory.record())).not.toContain("https:");

    const id = "111122223333/REGISTRANT_VERIFICATION";
    const fields = { VerificationStatus: "SUCCEEDED" };
    world.partnerCentral.account.edit({ object: "Verification", id, fields });
    const { outcome } = await world.run("account", undefined, { memory });
    expect(outcome.summary).toBe("The account has no partner in this catalog.");
  });
});
