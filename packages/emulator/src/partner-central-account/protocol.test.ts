import { services, validateOutput } from "@cosell/partner-central/model";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accountOperations } from "./operations/index.ts";
import { Catalog, emulateAccount, type EmulatedAccount } from "./testing/emulated-account.ts";

let world: EmulatedAccount;
beforeEach(async () => {
  world = await emulateAccount();
});
afterEach(() => world.close());

describe("the Account API's protocol", () => {
  it("plays every operation of AWS's model", () => {
    expect([...accountOperations.keys()].sort()).toEqual([...services.account.operationNames].sort());
  });

  it("tells everything that the model has against an input, in the Account form", async () => {
    const { status, body } = await world.post("PutProfileVisibility", { Catalog, Visibility: "SECRET" });
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        __type: "com.amazonaws.partnercentralaccount#ValidationException",
        Message: expect.any(String),
        Reason: "REQUEST_VALIDATION_FAILED",
        ErrorDetails: [
          { FieldValidationError: expect.objectContaining({ Name: "Identifier", Code: "REQUIRED_FIELD_MISSING" }) },
          { FieldValidationError: expect.objectContaining({ Name: "Visibility", Code: "INVALID_ENUM_VALUE" }) },
        ],
      },
    });
    expect(validateOutput("PutProfileVisibility", { status, body }, services.account.model)).toEqual([]);
  });

  it("leaves out what has no value", async () => {
    expect((await world.post("ListPartners", { Catalog })).body).toEqual({ PartnerSummaryList: [] });
  });

  it("takes credentials of its own service, and names the API that an operation belongs to", async () => {
    const Selling = "AWS4-HMAC-SHA256 Credential=AKIA1/20260115/us-east-1/partnercentral-selling/aws4_request";
    const ask = async (url: string, operation: string, headers = {}) =>
      await (await fetch(`${url}/${operation}`, { method: "POST", headers, body: "{}" })).text();
    const { partnerCentralAccount, partnerCentralSelling } = world;
    const authorization = `${Selling}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    expect(await ask(partnerCentralAccount.url, "ListPartners", { authorization })).toContain("partnercentral-account");
    expect(await ask(partnerCentralAccount.url, "GetOpportunity")).toContain("belongs to Partner Central Selling");
    expect(await ask(partnerCentralSelling.url, "ListPartners")).toContain("belongs to Partner Central Account");
  });

  it("meets faults by its own name, in the Account form", async () => {
    world.faults.add({ server: "partnerCentralAccount", kind: "throttle", times: 1 });
    await expect(world.one.listPartners({ Catalog })).rejects.toMatchObject({
      name: "ThrottlingException",
      ServiceCode: "partnercentral-account",
    });
    world.faults.add({ server: "partnerCentralAccount", kind: "server-error", times: 1 });
    await expect(world.one.listPartners({ Catalog })).rejects.toMatchObject({ name: "InternalServerException" });
    expect(world.requests.since().map(({ server, operation, status }) => ({ server, operation, status }))).toEqual([
      { server: "partnerCentralAccount", operation: "ListPartners", status: 429 },
      { server: "partnerCentralAccount", operation: "ListPartners", status: 500 },
    ]);
  });

  it("is part of the state that can be kept, loaded and reset", async () => {
    const Identifier = await world.partner(world.one, "Example GmbH");
    const { account } = world.partnerCentral;
    const kept = account.state();
    world.partnerCentral.reset();
    await expect(world.one.getPartner({ Catalog, Identifier })).rejects.toMatchObject({ Reason: "PARTNER_NOT_FOUND" });
    account.load(kept);
    expect(await world.one.getPartner({ Catalog, Identifier })).toMatchObject({ LegalName: "Example GmbH" });
  });
});

describe("tags", () => {
  it("are put on the account's partner, changed and taken away", async () => {
    const Identifier = await world.partner(world.one, "Example GmbH");
    const { Arn: ResourceArn = "" } = await world.one.getPartner({ Catalog, Identifier });
    const tag = (Key: string, Value: string) => world.one.tagResource({ ResourceArn, Tags: [{ Key, Value }] });
    await tag("team", "alliances");
    await tag("cost", "42");
    await tag("team", "sales");
    await world.one.untagResource({ ResourceArn, TagKeys: ["cost"] });
    expect(await world.one.listTagsForResource({ ResourceArn })).toMatchObject({
      ResourceArn,
      Tags: [{ Key: "team", Value: "sales" }],
    });
    await expect(world.two.listTagsForResource({ ResourceArn })).rejects.toMatchObject({ Reason: "PARTNER_NOT_FOUND" });
  });
});
