import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CrmField, MappingFunction, SchemaSnapshot } from "@cosell/connector";
import { checkInvitationMapping, checkMapping, type Finding, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";
import { type Expected, head, type Mistake } from "./mistake.ts";

const file = "deal.yaml";

const shipped = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../mappings/snapshots/salesforce.Opportunity.json"), "utf8"),
) as SchemaSnapshot;

const text = { type: "string", length: 255, required: false } as const;
const halfWritten: readonly CrmField[] = [
  { name: "Made_Once__c", label: "Made once", ...text, creatable: true, updatable: false },
  { name: "Edited_Only__c", label: "Edited only", ...text, creatable: false, updatable: true },
];

/** What Salesforce says of its fields, as it is shipped, and fields that can be written at one time only. */
export const schema: SchemaSnapshot = {
  ...shipped,
  objects: Object.fromEntries(
    Object.entries(shipped.objects).map(([name, object]) =>
      name === shipped.object ? [name, { ...object, fields: [...object.fields, ...halfWritten] }] : [name, object],
    ),
  ),
};

/** What a connector adds to the steps. */
const functions: Readonly<Record<string, MappingFunction>> = {
  "acme.mask": {
    ...{ takes: "string", gives: "string", arguments: { value: "required", sign: "optional" } },
    refuseArguments: ({ value = "" }) => (/^\d+$/.test(value) ? undefined : "acme.mask keeps a number of characters."),
    run: (value) => value,
  },
  "acme.plain": { takes: "any", gives: "string", run: (value) => value },
  "acme.broken": {
    ...{ takes: "any", gives: "string", arguments: { value: "optional" } },
    refuseArguments: () => {
      throw new Error("a connector's own mistake");
    },
    run: (value) => value,
  },
};

/** A mapping without a mistake. */
export const base = readFileSync(join(import.meta.dirname, "base.yaml"), "utf8");

/** The text of a mapping with its mistake planted. */
export function textOf({ mapping, name }: Pick<Mistake, "mapping" | "name">): string {
  if (typeof mapping === "string") return head + mapping;
  if ("whole" in mapping) return mapping.whole;
  if (base.split(mapping.replace).length !== 2)
    throw new Error(`${name}: "${mapping.replace}" must stand in base.yaml exactly once.`);
  return base.replace(mapping.replace, () => mapping.with);
}

/** Everything that is found in a mapping, checked against AWS's model and the shipped snapshot of Salesforce. */
export function findAll(text: string, files: Mistake["files"] = {}): readonly Finding[] {
  const resolve = (reference: string) => {
    const found = files[reference];
    return found === undefined ? undefined : { file: reference, text: found };
  };
  const options = { target: partnerCentralTarget, schema, functions };
  const { document, invitation, findings } = loadMapping({ file, text, resolve });
  const all = [
    ...findings,
    ...(document === undefined ? [] : checkMapping(document, options)),
    ...(invitation === undefined ? [] : checkInvitationMapping(invitation, options)),
  ];
  return all.toSorted((a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code));
}

/** A finding as a planted mistake expects it. */
export function asExpected({ line, column, code, suggestion, severity, file: where }: Finding): Expected {
  return {
    line,
    column,
    code,
    ...(suggestion !== undefined && { suggestion }),
    ...(severity === "warning" && { severity }),
    ...(where !== file && { file: where }),
  };
}
