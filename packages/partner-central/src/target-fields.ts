import type { TargetField } from "@cosell/core";
import { relatedEntityLimits } from "./model/associations.ts";
import { acceptedValues } from "./model/enums.ts";
import { type Member, operationOf } from "./model/operations.ts";
import { patternHints } from "./model/pattern-hints.ts";
import { closedLists } from "./model/value-lists.ts";

type Call = TargetField["calls"][number];

/** Members that the client fills in, never a mapping. */
const filledIn: ReadonlySet<string> = new Set(["Catalog", "ClientToken", "Identifier", "LastModifiedDate"]);

const formats: Readonly<Record<string, TargetField["format"]>> = {
  Amount: "decimal",
  Date: "date",
  DateTime: "timestamp",
  Email: "email",
  MonetaryAmount: "decimal",
  MonetaryValueAmountString: "decimal",
};

/** What tells two items of a list apart. */
const itemKeys: Readonly<Record<string, string>> = {
  "Customer.Contacts": "Email",
  OpportunityTeam: "Email",
  "Project.ExpectedCustomerSpend": "TargetCompany",
  Tags: "Key",
};

const closed = new Map(closedLists.map((list) => [list.path, list.values]));

/** Everything that an outbound rule may write. */
export const writableFields: ReadonlyMap<string, TargetField> = byPath([
  ...opportunityFields(),
  ...Object.entries(relatedEntityLimits).flatMap(([type, limit]) => relatedFields(type, limit)),
  ...fieldsWithin("AssignOpportunity", "Assignee", "Assignee", "assign"),
  ...fieldsWithin("StartEngagementFromOpportunityTask", "AwsSubmission", "Submission", "submit"),
]);

/** Everything that an inbound rule may read: the opportunity, `Summary.`, `Invitation.`, and what Cosell itself knows, `Link.`. */
export const readableFields: ReadonlyMap<string, TargetField> = byPath([
  ...membersOf("GetOpportunity", "output").map((member) => fieldOf(member, member.path, [])),
  ...membersOf("GetAwsOpportunitySummary", "output").map((member) => fieldOf(member, `Summary.${member.path}`, [])),
  ...membersOf("GetEngagementInvitation", "output").map((member) => fieldOf(member, `Invitation.${member.path}`, [])),
  ...["status", "opportunityId", "lastFailure"].map((name) => plainField(`Link.${name}`, "string")),
  plainField("Link.deferredFields", "list"),
  plainField("Link.deferredFields[]", "string"),
]);

function opportunityFields(): readonly TargetField[] {
  const updated = new Set(membersOf("UpdateOpportunity", "input").map(({ path }) => path));
  const created = membersOf("CreateOpportunity", "input").filter(({ path }) => !filledIn.has(path));
  return created.map((member) =>
    fieldOf(member, member.path, updated.has(member.path) ? ["create", "update"] : ["create"]),
  );
}

function relatedFields(type: string, limit: number): readonly TargetField[] {
  const path = `RelatedEntityIdentifiers.${type}`;
  return [
    { ...plainField(path, "list"), maxItems: limit, calls: ["associate"] },
    { ...plainField(`${path}[]`, "string"), minLength: 1, maxLength: 255, calls: ["associate"] },
  ];
}

function fieldsWithin(operation: string, structure: string, name: string, call: Call): readonly TargetField[] {
  return membersOf(operation, "input")
    .filter(({ path }) => path === structure || path.startsWith(`${structure}.`))
    .map((member) => ({
      ...fieldOf(member, name + member.path.slice(structure.length), [call]),
      required: member.path !== structure && member.required,
    }));
}

function membersOf(operation: string, side: "input" | "output"): readonly Member[] {
  return operationOf(operation)?.[side] ?? [];
}

function fieldOf(member: Member, path: string, calls: readonly Call[]): TargetField {
  const { type, required, sensitive, minLength, maxLength, pattern, minItems, maxItems } = member;
  const values = closed.get(path) ?? (member.enumName === undefined ? undefined : acceptedValues(member.enumName));
  const format = formats[member.shape];
  const itemKey = itemKeys[path];
  const patternInWords = /^Must be (.*)\.$/u.exec(patternHints[member.shape] ?? "")?.[1];
  return {
    path,
    type,
    required,
    sensitive,
    calls,
    ...(values && { values }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
    ...(patternInWords !== undefined && { patternInWords }),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
    ...(format && { format }),
    ...(itemKey !== undefined && { itemKey }),
  };
}

function plainField(path: string, type: TargetField["type"]): TargetField {
  return { path, type, required: false, sensitive: false, calls: [] };
}

function byPath(fields: readonly TargetField[]): ReadonlyMap<string, TargetField> {
  return new Map(fields.map((field) => [field.path, field]));
}
