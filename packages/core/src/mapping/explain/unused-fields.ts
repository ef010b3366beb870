import type { CrmField, SchemaSnapshot } from "@cosell/connector";
import { conditionPaths } from "../rule-paths.ts";
import { recordScope } from "../compile/compile-path.ts";
import type { MappingDocument } from "../document.ts";
import { outboundRules } from "./flatten-rules.ts";

/** A CRM field that no rule reads or writes. */
export interface UnusedField {
  /** From the record on: `Account.Phone`. */
  readonly path: string;
  readonly label: string;
  readonly type: CrmField["type"];
}

/** What the mapping does not use of the objects that it uses at all. Ids and references are no values, and left away. */
export function unusedFields(document: MappingDocument, schema: SchemaSnapshot): readonly UnusedField[] {
  const used = usedPaths(document);
  return fieldsWithin("", schema.object);

  function fieldsWithin(prefix: string, objectName: string): readonly UnusedField[] {
    const object = schema.objects[objectName];
    if (object === undefined) return [];
    const own = object.fields
      .filter(({ name, type }) => type !== "id" && type !== "reference" && !used.has(prefix + name))
      .map(({ name, label, type }) => ({ path: prefix + name, label, type }));
    const followed = object.relations.filter(({ path }) =>
      [...used].some((name) => name.startsWith(`${prefix}${path}.`)),
    );
    return [
      ...own,
      ...followed.flatMap(({ path, objects }) => objects.flatMap((name) => fieldsWithin(`${prefix}${path}.`, name))),
    ];
  }
}

/** Every CRM path that the mapping reads or writes, without the marks of lists. */
function usedPaths(document: MappingDocument): ReadonlySet<string> {
  const read = outboundRules(document).flatMap(({ sources, alsoReads }) => [...sources, ...alsoReads]);
  const matched = document.match ? conditionPaths(document.match, recordScope()).map(({ source }) => source) : [];
  const written = document.inbound.map(({ target }) => target.text);
  const all = [...read, ...matched, ...written, document.link.opportunityId.text];
  return new Set(all.map((path) => path.replaceAll("[]", "")));
}
