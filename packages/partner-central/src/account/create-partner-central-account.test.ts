import * as sdk from "@aws-sdk/client-partnercentral-account";
import { silentLogger, systemClock } from "@cosell/connector";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createPartnerCentralAccount, operationsBeyondSdk, type PartnerCentralAccount } from "../index.ts";
import { accountEnums, services } from "../model/index.ts";
import { accountReasons } from "./reasons.ts";
import { closeAll, failureIn, json, serve, type Handler } from "../testing/aws-in-place.ts";

const open: PartnerCentralAccount[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  await closeAll();
});

async function clientThatGets(handler: Handler) {
  const { endpoint, received } = await serve(handler);
  const passed: string[] = [];
  const client = createPartnerCentralAccount({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" },
    gate: {
      acquire: async (operation) => {
        passed.push(operation);
        return undefined;
      },
    },
    clock: systemClock,
    logger: silentLogger,
  });
  open.push(client);
  return { client, received, passed };
}

const refusal = (status: number, type: string, more: object): Handler => {
  return (_, response) => json(response, status, { __type: `com.amazonaws.partnercentralaccount#${type}`, ...more });
};
const contact = { FirstName: "Ada", LastName: "Lead", Email: "ada@example.com", BusinessTitle: "Alliances" };
const partner = {
  ClientToken: "one",
  LegalName: "Example GmbH",
  PrimarySolutionType: "CONSULTING_SERVICES",
  AllianceLeadContact: contact,
  EmailVerificationCode: "123456",
} as const;

describe("what goes out", () => {
  it("is named and signed for the Account API, with the catalog where there is one", async () => {
    const { client, received, passed } = await clientThatGets((_, response) => json(response, 200, {}));
    await client.call("GetConnection", { Identifier: "pac-0000000000000" });
    await client.call("GetVerification", { VerificationType: "BUSINESS_VERIFICATION" });
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { Identifier: "pac-0000000000000", Catalog: "Sandbox" },
      { VerificationType: "BUSINESS_VERIFICATION" },
    ]);
    expect(received[0]?.headers["x-amz-target"]).toBe("PartnerCentralAccount.GetConnection");
    expect(received[0]?.headers["authorization"]).toContain("/us-east-1/partnercentral-account/aws4_request");
    expect(passed).toEqual(["GetConnection", "GetVerification"]);
    expect(client.calls).toEqual({ reads: 2, writes: 0 });
  });

  it("reaches the operations that the SDK lacks, and the table names just those", async () => {
    const known = Object.keys(sdk).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
    expect(services.account.operationNames.filter((name) => !known.includes(name))).toEqual(
      Object.keys(operationsBeyondSdk),
    );
    const { client, received } = await clientThatGets((_, response) => json(response, 200, { Status: "IN_PROGRESS" }));
    const answer = await client.call("StartQualificationsAssociationTask", {
      Identifier: "partner-0000000000000",
      ClientToken: "one",
      PrimaryPartner: { AccountId: "444455556666" },
    });
    expect(answer.Status).toBe("IN_PROGRESS");
    expect(received[0]?.headers["x-amz-target"]).toBe("PartnerCentralAccount.StartQualificationsAssociationTask");
  });
});

describe("what comes back", () => {
  it("keeps every digit, unknown members and texts as AWS sent them", async () => {
    const sent = { CreatedAt: "2026-11-21T01:02:03.123456789Z", LegalName: "A &amp; B", NewAtAws: null };
    const { client } = await clientThatGets((_, response) => json(response, 200, sent));
    expect(await client.call("GetPartner", { Identifier: "partner-0000000000000" })).toEqual(sent);
  });

  it("comes page by page, and stops when AWS repeats itself", async () => {
    const pages = [
      { PartnerSummaryList: [{ Id: "a" }], NextToken: "1" },
      { PartnerSummaryList: [{ Id: "b" }], NextToken: null },
    ];
    const { client, received } = await clientThatGets((_, response, count) => json(response, 200, pages[count - 1]));
    const ids: unknown[] = [];
    for await (const page of client.pages("ListPartners", {})) ids.push(...page.map(({ Id }) => Id));
    expect(ids).toEqual(["a", "b"]);
    expect(received.map(({ body }) => (JSON.parse(body) as { NextToken?: string }).NextToken)).toEqual([
      undefined,
      "1",
    ]);

    const circle = await clientThatGets((_, response) => json(response, 200, { NextToken: "1" }));
    const walk = async () => {
      for await (const page of circle.client.pages("ListConnections", {})) expect(page).toEqual([]);
    };
    expect((await failureIn(walk())).kind).toBe("bug");
  });
});

describe("failures", () => {
  it("carry AWS's reason as their code", async () => {
    const { client } = await clientThatGets(refusal(409, "ConflictException", { Reason: "DUPLICATE_PARTNER" }));
    expect(await failureIn(client.call("CreatePartner", partner))).toMatchObject({
      kind: "conflict",
      code: "DUPLICATE_PARTNER",
      message: "AWS refused CreatePartner (DUPLICATE_PARTNER). The account is a partner in this catalog already.",
    });
    const missing = await clientThatGets(
      refusal(404, "ResourceNotFoundException", { Reason: "CONNECTION_NOT_FOUND", Message: "no ann@example.com" }),
    );
    expect((await failureIn(missing.client.call("GetConnection", { Identifier: "pac-0000000000000" }))).message).toBe(
      "AWS refused GetConnection (CONNECTION_NOT_FOUND). Your account has no such connection in this catalog. Asked for: Identifier pac-0000000000000, Catalog Sandbox.",
    );
  });

  it("have words for every reason that AWS's model knows", () => {
    const { ConflictExceptionReason = [], ResourceNotFoundExceptionReason = [] } = accountEnums;
    const { ServiceQuotaExceededExceptionReason = [] } = accountEnums;
    const known = [
      ConflictExceptionReason,
      ResourceNotFoundExceptionReason,
      ServiceQuotaExceededExceptionReason,
    ].flat();
    expect(known).toHaveLength(31);
    expect(Object.keys(accountReasons).toSorted()).toEqual(known.toSorted());
  });

  it("name every field and every broken rule, without the values that were sent", async () => {
    const ErrorDetails = [
      {
        FieldValidationError: { Name: "alliancelead", Message: "ada@example.com is not known", Code: "INVALID_VALUE" },
      },
      {
        FieldValidationError: {
          Name: "AllianceLeadContact.Email",
          Message: "Wrong: ada@example.com",
          Code: "INVALID_VALUE",
        },
      },
      { BusinessValidationError: { Message: "Example GmbH is another name", Code: "INCOMPATIBLE_LEGAL_NAME" } },
    ];
    const { client } = await clientThatGets(
      refusal(400, "ValidationException", { Reason: "BUSINESS_VALIDATION_FAILED", ErrorDetails }),
    );
    expect(await failureIn(client.call("CreatePartner", partner))).toMatchObject({
      kind: "invalid",
      code: "BUSINESS_VALIDATION_FAILED",
      issues: [
        { target: "alliancelead", message: "[value] is not known" },
        { target: "AllianceLeadContact.Email", code: "INVALID_VALUE", message: "Wrong: [value]" },
        { code: "INCOMPATIBLE_LEGAL_NAME", message: "[value] is another name" },
      ],
    });
  });

  it("of a write without an answer are of unknown outcome, and the setting that is named is Account's", async () => {
    const { client } = await clientThatGets((_, response) => response.destroy());
    expect((await failureIn(client.call("CreatePartner", partner))).kind).toBe("unknown-outcome");
    const other = await clientThatGets((_, response) => json(response, 404, {}));
    expect(await failureIn(other.client.call("GetConnectionPreferences", {}))).toMatchObject({
      kind: "config",
      message: expect.stringContaining("AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT"),
    });
  });
});
