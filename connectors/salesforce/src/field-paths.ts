import { FailureError } from "@cosell/connector";
import type { Description, Descriptions } from "./describe.ts";

/** One step from a record to another that it refers to. */
export interface Hop {
  /** As paths and SOQL name it: `Account`. */
  readonly relation: string;
  /** The field that holds the reference: `AccountId`. */
  readonly via: string;
  /** Where it leads. Several for a polymorphic reference. */
  readonly objects: readonly string[];
}

/** The list of records that refer to a record. */
export interface ListRelation {
  /** `OpportunityContactRoles` */
  readonly relation: string;
  /** `OpportunityContactRole` */
  readonly object: string;
  /** The field of the listed object that refers back: `OpportunityId`. */
  readonly parentField: string;
}

/** A path such as `Account.Parent.Name` or `OpportunityContactRoles.records[].Contact.Email`, found in the org's schema. */
export interface FieldPath {
  readonly list?: ListRelation;
  readonly hops: readonly Hop[];
  readonly field: string;
}

/** Finds a path in the org's schema. Throws `config`, naming path, object and the part that the org does not have. */
export async function resolvePath(descriptions: Descriptions, object: string, path: string): Promise<FieldPath> {
  const segments = path.split(".");
  let here = await descriptions.of(object);
  let list: ListRelation | undefined;
  if (segments[1] === "records[]") {
    list = listRelation(here, segments[0] ?? "", path);
    here = await descriptions.of(list.object);
    segments.splice(0, 2);
  }
  const hops: Hop[] = [];
  for (const segment of segments.slice(0, -1)) {
    const hop = hopOf(here, segment, path);
    hops.push(hop);
    // What a polymorphic reference offers is the same for all its objects (SOQL, "Understanding Polymorphic Relationships").
    here = await descriptions.of(hop.objects[0] ?? "");
  }
  const field = segments.at(-1) ?? "";
  if (!here.fields.some(({ name }) => name === field)) throw unknownPart(here, "field", field, path);
  return { ...(list && { list }), hops, field };
}

function listRelation(here: Description, relation: string, path: string): ListRelation {
  const found = here.childRelationships.find(({ relationshipName }) => relationshipName === relation);
  if (!found?.field) throw unknownPart(here, "list", relation, path);
  return { relation, object: found.childSObject, parentField: found.field };
}

function hopOf(here: Description, relation: string, path: string): Hop {
  const found = here.fields.find(({ relationshipName }) => relationshipName === relation);
  if (!found?.referenceTo?.length) throw unknownPart(here, "relation", relation, path);
  return { relation, via: found.name, objects: found.referenceTo };
}

function unknownPart(here: Description, kind: "field" | "relation" | "list", part: string, path: string): FailureError {
  const names = {
    field: here.fields.map(({ name }) => name),
    relation: here.fields.flatMap(({ relationshipName }) => relationshipName ?? []),
    list: here.childRelationships.flatMap(({ relationshipName }) => relationshipName ?? []),
  }[kind];
  const meant = names.find((name) => name.toLowerCase() === part.toLowerCase());
  const why =
    meant === undefined
      ? (comesWithFeature.get(part) ?? "It is misspelt, was deleted, or field-level security hides it from the user.")
      : `Names are case-sensitive here: write '${meant}'.`;
  return new FailureError({
    kind: "config",
    code: "INVALID_FIELD",
    message: `Salesforce shows no ${kind} '${part}' on ${here.name}${path === part ? "" : ` (path '${path}')`}. ${why}`,
  });
}

const noRecordTypes = "The object has no record types, or the user may use none of them.";

/** Fields and relations that only orgs with a feature have, and what their absence means. */
const comesWithFeature: ReadonlyMap<string, string> = new Map([
  [
    "CurrencyIsoCode",
    "The org has a single currency, and its records name none: give the currency as a constant, such as { const: USD }.",
  ],
  ["RecordTypeId", noRecordTypes],
  ["RecordType", noRecordTypes],
]);
