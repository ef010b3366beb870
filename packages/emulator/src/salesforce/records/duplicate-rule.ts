import type { Org } from "../org.ts";
import type { FieldValue } from "../document.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import type { StoredRecord } from "./record-store.ts";

/** A duplicate rule with its matching rule in one: when a new record is taken for one that exists. */
export interface DuplicateRule {
  readonly object: string;
  /** `Standard_Account_Duplicate_Rule` */
  readonly name: string;
  /** Fields that must all hold the same. Case does not matter; of a website only its host does. */
  readonly match: readonly string[];
  /** `alert`: may be saved all the same, over the API with `Sforce-Duplicate-Rule-Header: allowSave=true`. @defaultValue "alert" */
  readonly action?: "alert" | "block";
  /** What the administrator wrote. @defaultValue "Use one of these records?" */
  readonly message?: string;
}

/** Holds a new record against the org's duplicate rules. Throws `DUPLICATES_DETECTED` with what was found. */
export function assertNoDuplicates(org: Org, object: ObjectDefinition, record: StoredRecord, allowSave: boolean): void {
  for (const rule of org.settings().duplicateRules) {
    if (rule.object !== object.name || (allowSave && rule.action !== "block")) continue;
    const matches = matchesOf(org, object, record, rule);
    if (matches.length > 0) throw duplicatesDetected(object, rule, matches);
  }
}

function matchesOf(org: Org, object: ObjectDefinition, record: StoredRecord, rule: DuplicateRule): readonly string[] {
  const fields = rule.match.flatMap((name) => org.schema().field(object, name) ?? []);
  const wanted = fields.map((field) => comparable(field, record[field.name]));
  // A rule whose fields are not all there, or not all filled, matches nothing.
  if (fields.length < rule.match.length || wanted.includes(undefined)) return [];
  return [...org.store.all(object)]
    .filter(({ Id, IsDeleted, IsConverted }) => Id !== record.Id && IsDeleted !== true && IsConverted !== true)
    .filter((other) => fields.every((field, index) => comparable(field, other[field.name]) === wanted[index]))
    .map(({ Id }) => Id);
}

function comparable({ type }: FieldDefinition, value: FieldValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = String(value).toLowerCase();
  return type === "url"
    ? text
        .replace(/^[a-z]+:\/\//, "")
        .replace(/^www\./, "")
        .replace(/[/?#:].*$/, "")
    : text;
}

/** The member is misspelt in Salesforce's own answers too. */
function duplicatesDetected(
  object: ObjectDefinition,
  rule: DuplicateRule,
  matches: readonly string[],
): SalesforceError {
  const { name, message = "Use one of these records?", action = "alert" } = rule;
  const matchRecords = matches.map((Id) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: object.name, url: `/services/data/v63.0/sobjects/${object.name}/${Id}` }, Id },
  }));
  return new SalesforceError("DUPLICATES_DETECTED", message, {
    details: {
      duplicateResut: {
        allowSave: action === "alert",
        duplicateRule: name,
        duplicateRuleEntityType: object.name,
        errorMessage: message,
        matchResults: [
          {
            entityType: object.name,
            errors: [],
            matchEngine: "ExactMatchEngine",
            matchRecords,
            rule: name.replace("Duplicate", "Match"),
            size: matchRecords.length,
            success: true,
          },
        ],
      },
    },
  });
}
