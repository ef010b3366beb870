import type { RelatedEntityType } from "@aws-sdk/client-partnercentral-selling";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  completeInput,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
let id: string;
beforeEach(async () => {
  world = await emulatePartnerCentral();
  const { Id = "" } = await world.client.createOpportunity(completeInput);
  id = Id;
});
afterEach(() => world.close());

const entity = (type: RelatedEntityType, name: string) => ({
  Catalog: "Sandbox",
  OpportunityIdentifier: id,
  RelatedEntityType: type,
  RelatedEntityIdentifier: name,
});
const associate = (type: RelatedEntityType, name: string) => world.client.associateOpportunity(entity(type, name));
const read = () => world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });

describe("AssociateOpportunity and DisassociateOpportunity", () => {
  it("attach and detach, and change the opportunity's version", async () => {
    const before = await read();
    await associate("Solutions", "S-0001111");
    await associate("AwsProducts", "AmazonEC2Linux");

    const attached = await read();
    expect(attached.RelatedEntityIdentifiers).toMatchObject({
      Solutions: ["S-0001111"],
      AwsProducts: ["AmazonEC2Linux"],
    });
    expect(attached.LastModifiedDate?.getTime()).toBeGreaterThan(before.LastModifiedDate?.getTime() ?? Infinity);

    await world.client.disassociateOpportunity(entity("Solutions", "S-0001111"));
    expect((await read()).RelatedEntityIdentifiers?.Solutions).toEqual([]);
    await expect(world.client.disassociateOpportunity(entity("Solutions", "S-0001111"))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("answer without a body", async () => {
    const response = await world.post("AssociateOpportunity", entity("Solutions", "S-0001111"));
    expect(response.headers.get("content-length")).toBe("0");
    expect(await response.text()).toBe("");
  });

  it("refuse a solution that the account does not have", async () => {
    await expect(associate("Solutions", "S-7777777")).rejects.toMatchObject({
      name: "ValidationException",
      ErrorList: [{ FieldName: "RelatedEntityIdentifier", Code: "INVALID_VALUE" }],
    });
  });

  it("refuse what is associated already, unless the switch lets it pass", async () => {
    await associate("Solutions", "S-0001111");

    await expect(associate("Solutions", "S-0001111")).rejects.toMatchObject({ name: "ConflictException" });
    world.partnerCentral.configure({ duplicateAssociation: "success" });
    await associate("Solutions", "S-0001111");
    expect((await read()).RelatedEntityIdentifiers?.Solutions).toEqual(["S-0001111"]);
  });

  it("keep to AWS's limits per type", async () => {
    for (let count = 1; count <= 20; count++) await associate("AwsProducts", `Product${count}`);
    await expect(associate("AwsProducts", "Product21")).rejects.toMatchObject({
      ErrorList: [{ Code: "TOO_MANY_VALUES" }],
    });
  });

  it("take an offer or an offer set, one of them, once the opportunity is approved", async () => {
    await associate("Solutions", "S-0001111");
    await expect(associate("AwsMarketplaceOffers", "offer-a")).rejects.toMatchObject({
      ErrorList: [{ FieldName: "RelatedEntityType", Code: "ACTION_NOT_PERMITTED" }],
    });
    await world.client.submitOpportunity({ Catalog: "Sandbox", Identifier: id, InvolvementType: "Co-Sell" });
    world.partnerCentral.review({ opportunity: id, status: "Approved" });

    await associate("AwsMarketplaceOffers", "offer-a");
    await expect(associate("AwsMarketplaceOffers", "offer-b")).rejects.toMatchObject({ name: "ValidationException" });
    await expect(associate("AwsMarketplaceOfferSets", "set-a")).rejects.toMatchObject({
      ErrorList: [{ FieldName: "RelatedEntityType", Code: "ACTION_NOT_PERMITTED" }],
    });
  });

  it("are locked while AWS reviews", async () => {
    await associate("Solutions", "S-0001111");
    await world.client.submitOpportunity({ Catalog: "Sandbox", Identifier: id, InvolvementType: "Co-Sell" });
    await expect(associate("Solutions", "S-0001112")).rejects.toMatchObject({
      ErrorList: [{ Code: "ACTION_NOT_PERMITTED" }],
    });
  });
});

describe("AssignOpportunity", () => {
  it("makes the assignee the owner in the team", async () => {
    const Assignee = {
      Email: "olga@example.com",
      FirstName: "Olga",
      LastName: "Owner",
      BusinessTitle: "OpportunityOwner",
    } as const;
    await world.client.assignOpportunity({ Catalog: "Sandbox", Identifier: id, Assignee });
    expect((await read()).OpportunityTeam).toEqual([Assignee]);
  });

  it("wants a whole person", async () => {
    const response = await world.post("AssignOpportunity", { Catalog: "Sandbox", Identifier: id, Assignee: {} });
    expect(await response.json()).toMatchObject({
      ErrorList: expect.arrayContaining([
        expect.objectContaining({ FieldName: "Assignee.Email", Code: "REQUIRED_FIELD_MISSING" }),
      ]),
    });
  });
});

describe("ListSolutions", () => {
  it("lists and filters the account's solutions, page by page", async () => {
    const first = await world.client.listSolutions({ Catalog: "Sandbox", MaxResults: 5 });
    const second = await world.client.listSolutions({ Catalog: "Sandbox", NextToken: first.NextToken });
    const all = [...(first.SolutionSummaries ?? []), ...(second.SolutionSummaries ?? [])];
    expect(new Set(all.map(({ Id }) => Id)).size).toBe(12);

    const inactive = await world.client.listSolutions({ Catalog: "Sandbox", Status: ["Inactive"] });
    expect(inactive.SolutionSummaries?.map(({ Name }) => Name)).toEqual(["Server Room Care"]);
  });
});

describe("tags", () => {
  it("come with the opportunity, are added, listed and taken away", async () => {
    const { Id = "" } = await world.client.createOpportunity({
      ...completeInput,
      Tags: [{ Key: "team", Value: "north" }],
    });
    const { Arn: ResourceArn = "" } = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: Id });

    await world.client.tagResource({ ResourceArn, Tags: [{ Key: "cost", Value: "42" }] });
    await world.client.untagResource({ ResourceArn, TagKeys: ["team"] });

    expect((await world.client.listTagsForResource({ ResourceArn })).Tags).toEqual([{ Key: "cost", Value: "42" }]);
  });
});

describe("invitations", () => {
  it("play AWS's referral in the Sandbox: an invitation, and no opportunity yet", async () => {
    await world.client.createOpportunity({ ...completeInput, Origin: "AWS Referral" });

    const { EngagementInvitationSummaries: [invitation] = [] } = await world.client.listEngagementInvitations({
      Catalog: "Sandbox",
      ParticipantType: "RECEIVER",
    });
    expect(invitation).toMatchObject({
      Status: "PENDING",
      SenderAwsAccountId: "aws",
      EngagementTitle: "Move the shop",
    });
    const whole = await world.client.getEngagementInvitation({ Catalog: "Sandbox", Identifier: invitation?.Id });
    expect(whole.Payload?.OpportunityInvitation?.Customer?.CompanyName).toBe("Example Retail");
    expect(world.partnerCentral.opportunities()).toHaveLength(1);

    world.clock.advance(15 * 24 * 3600 * 1000);
    const expired = await world.client.getEngagementInvitation({ Catalog: "Sandbox", Identifier: invitation?.Arn });
    expect(expired.Status).toBe("EXPIRED");
  });

  it("cannot be played in production", async () => {
    const refused = world.client.createOpportunity({ ...completeInput, Catalog: "AWS", Origin: "AWS Referral" });
    await expect(refused).rejects.toMatchObject({ ErrorList: [{ FieldName: "Origin", Code: "ACTION_NOT_PERMITTED" }] });
  });
});
