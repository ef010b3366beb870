import { describe, expect, it } from "@jest/globals";
import type { TargetField } from "../../target.ts";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { mappingOf } from "../__fixtures__/mapping-of.ts";

const shared = { required: false, sensitive: false, calls: ["create"] } satisfies Partial<TargetField>;
const tags: readonly TargetField[] = [
  { ...shared, path: "Tags", type: "list", maxItems: 3, itemKey: "Key" },
  { ...shared, path: "Tags[]", type: "structure" },
  { ...shared, path: "Tags[].Key", type: "string", required: true, maxLength: 128 },
  { ...shared, path: "Tags[].Value", type: "string", required: true, maxLength: 256 },
];
const target = {
  ...dealTarget,
  writable: new Map([...dealTarget.writable, ...tags.map((one) => [one.path, one] as const)]),
};

describe("tags", () => {
  const mapping = mappingOf(
    `outbound:
  Tags:
    list:
      - { Key: { const: crm }, Value: { const: testcrm } }
      - { Key: { const: region }, Value: { from: Region__c, steps: [lower] } }
      - { when: { Big__c: { eq: true } }, fields: { Key: { const: size }, Value: { const: big } } }
`,
    { target },
  );

  it("are pairs; one whose value the record does not have is left out", () => {
    expect(mapping.run({ Region__c: "EMEA", Big__c: true })).toMatchObject({
      payload: {
        Tags: [
          { Key: "crm", Value: "testcrm" },
          { Key: "region", Value: "emea" },
          { Key: "size", Value: "big" },
        ],
      },
      issues: [],
    });
    expect(mapping.run({})).toMatchObject({ payload: { Tags: [{ Key: "crm", Value: "testcrm" }] }, issues: [] });
  });

  it("know which of them came from the record", () => {
    expect(mapping.run({ Region__c: "EMEA" }).usedSources).toEqual({ "Tags[1].Value": "Region__c" });
    expect(mapping.originOf("Tags[1].Value")?.rule.line).toBe(9);
  });
});
