import { operationNames } from "@cosell/partner-central/model";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { operations } from "./operations/index.ts";
import {
  completeInput,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const authorization = (keyId: string, service = "partnercentral-selling") =>
  `AWS4-HMAC-SHA256 Credential=${keyId}/20260115/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;
const list = { Catalog: "Sandbox" };

describe("the protocol", () => {
  it("answers in the content type of the way it was called, with a request id", async () => {
    const plain = await world.post("ListOpportunities", list);
    expect(plain.headers.get("content-type")).toBe("application/json");
    expect(plain.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);

    const json = await world.post("", list, {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AWSPartnerCentralSelling.ListOpportunities",
      authorization: authorization("AKIACOSELLPARTNERONE"),
    });
    expect(json.headers.get("content-type")).toBe("application/x-amz-json-1.0");
    expect(await json.json()).toEqual({ NextToken: null, OpportunitySummaries: [] });
  });

  it("sends nulls for what has no value", async () => {
    const { Id = "" } = await world.client.createOpportunity({ Catalog: "Sandbox" });
    const answer: unknown = await (await world.post("GetOpportunity", { ...list, Identifier: Id })).json();
    expect(answer).toMatchObject({ SoftwareRevenue: null, Customer: null, LifeCycle: { NextSteps: null } });
  });

  it("refuses unknown operations, bodies that are not JSON and unknown catalogs", async () => {
    expect(await (await world.post("MakeCoffee", {})).json()).toMatchObject({
      __type: expect.stringMatching(/#UnknownOperationException$/),
    });
    expect(await (await world.post("ListOpportunities", "{")).json()).toMatchObject({
      __type: expect.stringMatching(/#SerializationException$/),
    });
    expect(await (await world.post("ListOpportunities", { Catalog: "Elsewhere" })).json()).toMatchObject({
      ErrorList: [{ FieldName: "Catalog" }],
    });
  });

  it("plays every operation of AWS's model", () => {
    expect([...operations.keys()].sort()).toEqual([...operationNames].sort());
  });
});

describe("signatures", () => {
  const list20 = { Catalog: "Sandbox", MaxResults: 20 } as const;
  const secretKeys = { AKIACOSELLPARTNERONE: "not checked", AKIAOTHER: "äö" };

  it("are verified where the settings know the secret key: AWS's own client passes with the right one", async () => {
    await expect(world.client.listOpportunities(list20)).resolves.toBeDefined();
    world.partnerCentral.configure({ secretKeys: { AKIACOSELLPARTNERONE: "another" } });
    await expect(world.client.listOpportunities(list20)).rejects.toMatchObject({ name: "InvalidSignatureException" });
    await expect(
      world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" }).listOpportunities(list20),
    ).resolves.toBeDefined();

    world.partnerCentral.configure({ secretKeys });
    await expect(world.client.listOpportunities(list20)).resolves.toBeDefined();
    await expect(
      world.client.createOpportunity({ Catalog: "Sandbox", Project: { Title: "Bäckerei" } }),
    ).resolves.toBeDefined();
  });

  it("that are made up, or too old, are refused", async () => {
    world.partnerCentral.configure({ secretKeys });
    const call = async (time: string) => {
      const headers = { authorization: authorization("AKIACOSELLPARTNERONE"), "x-amz-date": time };
      return (await world.post("ListOpportunities", list, headers)).json();
    };
    const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    expect(await call(now)).toMatchObject({ Message: expect.stringContaining("does not match") });
    expect(await call("20250101T000000Z")).toMatchObject({ Message: expect.stringContaining("Signature expired") });
    expect(await call("")).toMatchObject({ __type: expect.stringMatching(/#InvalidSignatureException$/) });
  });
});

describe("credentials", () => {
  it.each([
    ["no header", {}, "UnrecognizedClientException"],
    ["another scheme", { authorization: "Bearer x" }, "IncompleteSignatureException"],
    ["another service", { authorization: authorization("AKIA1", "s3") }, "InvalidSignatureException"],
  ])("are refused with %s", async (_, headers, type) => {
    world.partnerCentral.configure({ unsigned: "never" });
    const response = await world.post("ListOpportunities", list, headers);
    expect(await response.json()).toMatchObject({ __type: `com.amazon.coral.service#${type}` });
  });

  it("are not needed on plain calls, unless the settings say so, and needed on AWS JSON", async () => {
    const target = { "x-amz-target": "AWSPartnerCentralSelling.ListOpportunities" };
    expect((await world.post("ListOpportunities", list)).status).toBe(200);
    expect((await world.post("", list, target)).status).toBe(403);
    world.partnerCentral.configure({ unsigned: "always" });
    expect((await world.post("", list, target)).status).toBe(200);
  });

  it("of unlisted keys count as the default account's, or are refused", async () => {
    const stranger = world.clientOf({ accessKeyId: "AKIASTRANGER" });
    await stranger.createOpportunity({ Catalog: "Sandbox" });
    expect(world.partnerCentral.opportunities({ account: "111122223333" })).toHaveLength(1);

    world.partnerCentral.configure({ unlistedKeys: "refuse" });
    await expect(stranger.listOpportunities(list)).rejects.toMatchObject({ name: "UnrecognizedClientException" });
  });
});

describe("quotas", () => {
  it("let one write and ten reads a second through, per account", async () => {
    world.partnerCentral.configure({ quotas: true });
    const other = world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" });

    await world.client.createOpportunity(completeInput);
    await expect(world.client.createOpportunity(completeInput)).rejects.toMatchObject({
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 429 },
    });
    await other.createOpportunity(completeInput);
    world.clock.advance(999);
    await expect(world.client.createOpportunity(completeInput)).rejects.toMatchObject({ name: "ThrottlingException" });
    world.clock.advance(1);
    await world.client.createOpportunity(completeInput);

    for (let count = 0; count < 10; count++) await world.client.listOpportunities(list);
    await expect(world.client.listSolutions(list)).rejects.toMatchObject({ name: "ThrottlingException" });
  });

  it("can be granted higher, as AWS does on request", async () => {
    world.partnerCentral.configure({ quotas: true, grantedQuotas: { write: { perSecond: 3 } } });
    for (let count = 0; count < 3; count++) await world.client.createOpportunity(completeInput);
    await expect(world.client.createOpportunity(completeInput)).rejects.toMatchObject({ name: "ThrottlingException" });
  });
});

describe("quirks", () => {
  it("double-encode entities in texts, and refuse them when they come back", async () => {
    const useCase = "Business Applications & Contact Center";
    const id = await world.draft({ Project: { ...completeInput.Project, CustomerUseCase: useCase, Title: "A: B" } });
    world.partnerCentral.configure({ doubleEncodedEntities: true });

    const { Project } = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });

    expect(Project?.CustomerUseCase).toBe("Business Applications &amp; Contact Center");
    expect(Project?.Title).toBe("A&amp;colon; B");
    await expect(world.client.createOpportunity({ Catalog: "Sandbox", Project })).rejects.toMatchObject({
      ErrorList: [{ FieldName: "Project.CustomerUseCase", Code: "INVALID_ENUM_VALUE" }],
    });
  });

  it("answer with a value that the enum lacks", async () => {
    const id = await world.draft({ PrimaryNeedsFromAws: undefined });
    world.partnerCentral.configure({ valuesOutsideEnums: true });
    const { PrimaryNeedsFromAws } = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });
    expect(PrimaryNeedsFromAws).toEqual(["Do Not Need Support from AWS Sales Rep"]);
  });

  it("hide a new opportunity for a while", async () => {
    world.partnerCentral.configure({ readAfterCreateLagMs: 3000 });
    const { Id = "" } = await world.client.createOpportunity(completeInput);
    const get = () => world.client.getOpportunity({ Catalog: "Sandbox", Identifier: Id });

    await expect(get()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect((await world.client.listOpportunities(list)).OpportunitySummaries).toEqual([]);
    world.clock.advance(3000);
    await expect(get()).resolves.toMatchObject({ Id });
  });

  it("stamp whole seconds, so that two changes can share a stamp", async () => {
    world.partnerCentral.configure({ timestamps: "seconds" });
    const first = await world.client.createOpportunity(completeInput);
    await world.client.associateOpportunity({
      Catalog: "Sandbox",
      OpportunityIdentifier: first.Id,
      RelatedEntityType: "Solutions",
      RelatedEntityIdentifier: "S-0001111",
    });
    const read = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: first.Id });
    expect(read.LastModifiedDate).toEqual(first.LastModifiedDate);
  });
});
