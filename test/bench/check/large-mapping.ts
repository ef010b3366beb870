import type { CrmField, SchemaSnapshot } from "@cosell/connector";

/** A mapping of so many rules, and the schema of a CRM that has a field for each of them. */
export interface LargeMapping {
  readonly text: string;
  readonly schema: SchemaSnapshot;
}

const values = Array.from({ length: 40 }, (_, index) => `Value ${index}`);
const stages = ["Prospect", "Qualified", "Technical Validation", "Business Validation", "Committed", "Launched"];

/**
 * Makes a mapping of about so many rules: a quarter of them outbound (options and items with conditions, steps and
 * tables, since AWS has fewer fields), the others inbound, and a table of forty rows for every hundred rules.
 */
export function makeLargeMapping(rules: number): LargeMapping {
  const quarter = Math.floor(rules / 4);
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const tables = numbers(Math.ceil(rules / 100)).map(
    (index) =>
      `  table${index}:\n    outbound: { ${values.map((value, row) => `${value}: ${stages[row % stages.length] ?? ""}`).join(", ")} }\n` +
      `    inbound: { Launched: Value 1, Committed: Value 2 }\n    otherwise: omit\n`,
  );
  const options = numbers(quarter).map(
    (index) =>
      `      - { when: { Pick${index}__c: { in: [Value 1, Value 2] }, Text${index}__c: { exists: true } }, from: Pick${index}__c, table: table${index % tables.length} }\n`,
  );
  const inbound = numbers(rules - quarter).map((index) =>
    index % 2 === 0
      ? `  Text${index}__c: { from: LifeCycle.NextSteps, steps: [trim, { truncate: 100 }], when: { LifeCycle.ReviewStatus: { eq: Approved } } }\n`
      : `  Pick${index}__c: { from: LifeCycle.Stage, table: table${index % tables.length} }\n`,
  );
  const text = [
    "version: 1\nid: large\ncrm: { connector: large, object: Deal }\nlink: { opportunityId: Opportunity_Id__c }\n",
    `tables:\n${tables.join("")}`,
    `outbound:\n  LifeCycle.Stage:\n    choose:\n${options.join("")}`,
    `inbound:\n${inbound.join("")}`,
  ].join("");
  return { text, schema: schemaFor(rules) };
}

function schemaFor(count: number): SchemaSnapshot {
  const common = { required: false, creatable: true, updatable: true };
  const picklist = values.map((value) => ({ value, label: value, active: true }));
  const fields = Array.from({ length: count }, (_, index): readonly CrmField[] => [
    { ...common, name: `Text${index}__c`, label: `Text ${index}`, type: "string", length: 100 },
    { ...common, name: `Pick${index}__c`, label: `Pick ${index}`, type: "picklist", picklist, restricted: true },
  ]).flat();
  const id: CrmField = { ...common, name: "Opportunity_Id__c", label: "Id", type: "string", length: 20 };
  const deal = { object: "Deal", label: "Deal", fields: [id, ...fields], relations: [] };
  return { connector: "large", object: "Deal", objects: { Deal: deal } };
}
