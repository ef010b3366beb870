import { describe, expect, it } from "@jest/globals";
import { operationNames, quotaOf, quotaRows, services } from "./index.ts";

describe("quotas", () => {
  it("are told once for each operation that has one of its own, with their source", () => {
    const known = [...operationNames, ...services.account.operationNames];
    const told = quotaRows.map(({ operation }) => operation);
    expect(new Set(told).size).toBe(told.length);
    expect(known).toEqual(expect.arrayContaining(told));
    expect(quotaRows.filter(({ unofficial, source }) => unofficial !== source.startsWith("Cosell"))).toEqual([]);
  });

  it.each([
    ["GetOpportunity", { class: "read", perSecond: 10, perDay: 100_000 }],
    ["UpdateOpportunity", { class: "write", perSecond: 1, perDay: 10_000 }],
    ["SubmitOpportunity", { class: "write", perSecond: 1, perDay: 10_000 }],
    ["CreateEngagement", { class: "other", perSecond: 15 }],
    ["StartProspectingFromEngagementTask", { class: "other", perSecond: 2 }],
    ["PutProfileVisibility", { class: "other", perSecond: 10, perDay: 5 }],
    ["GetEngagement", { class: "other", perSecond: 10 }],
    ["toString", { class: "other", perSecond: 10 }],
  ] as const)("of %s", (operation, quota) => {
    expect(quotaOf(operation)).toEqual(quota);
  });
});
