import { describe, expect, it } from "@jest/globals";
import { operationOf, outputQuirks, services, unlistedErrors, validateOutput } from "./index.ts";

const fields = (operation: string, status: number, body?: unknown): readonly string[] =>
  validateOutput(operation, { status, body }).map(({ fieldName }) => fieldName);
const refusal = (name: string, members = {}) => ({
  __type: `com.amazonaws.partnercentralselling#${name}`,
  Message: "m",
  ...members,
});

describe("validateOutput", () => {
  it("takes an answer as AWS sends it, with nulls for what has no value", () => {
    const answer = { Id: "O1000001", LastModifiedDate: "2026-01-15T09:00:00Z", PartnerOpportunityIdentifier: null };
    expect(fields("CreateOpportunity", 200, answer)).toEqual([]);
    expect(fields("AssociateOpportunity", 200)).toEqual([]);
    expect(fields("TagResource", 200)).toEqual([]);
  });

  it("tells wrong types, values, dates, missing and unknown members, all at once", () => {
    const wrong = { Id: 1, LastModifiedDate: 1_700_000_000, Extra: "x" };
    expect(fields("CreateOpportunity", 200, wrong)).toEqual(["Id", "LastModifiedDate", "Extra"]);
    expect(fields("UpdateOpportunity", 200, { Id: "1000001", LastModifiedDate: null })).toEqual([
      "Id",
      "LastModifiedDate",
    ]);
    expect(fields("StartResourceSnapshotJob", 200, {})).toEqual([""]);
    expect(fields("CreateOpportunity", 200)).toEqual([""]);
  });

  it("knows which errors an operation gives, and their members", () => {
    expect(fields("UpdateOpportunity", 409, refusal("ConflictException"))).toEqual([]);
    expect(fields("ListSolutions", 409, refusal("ConflictException"))).toEqual(["__type"]);
    expect(fields("ListSolutions", 400, refusal("ValidationException"))).toEqual(["Reason"]);
    expect(fields("ListSolutions", 400, { message: "no type" })).toEqual(["__type"]);
    expect(fields("MakeCoffee", 404, refusal("UnknownOperationException"))).toEqual([]);
  });

  it("excepts by name what AWS itself does otherwise, and no more than that", () => {
    const ResourceArn = "arn:aws:partnercentral:us-east-1::catalog/AWS/engagement-invitation/engi-e1xc7gri1ti85";
    expect(fields("CreateEngagementInvitation", 200, { Id: "engi-e1xc7gri1ti85", Arn: ResourceArn })).toEqual([]);
    expect(fields("CreateEngagementInvitation", 200, { Id: "engi-x", Arn: ResourceArn })).toEqual(["Id"]);
    for (const { operations = [] } of [...outputQuirks, ...unlistedErrors]) {
      for (const operation of operations) expect(operationOf(operation)?.name).toBe(operation);
    }
  });

  it("holds the Account API's answers against its own model", () => {
    const { model } = services.account;
    const answer = { status: 200, body: { Catalog: "Sandbox" } };
    expect(validateOutput("GetAllianceLeadContact", answer, model).length).toBeGreaterThan(0);
  });
});
