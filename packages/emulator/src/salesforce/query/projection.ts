import type { FieldType as SelectedField, Subquery } from "@jetstreamapp/soql-parser-js";
import type { FieldValue } from "../document.ts";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { type ParentStep, parentOf, resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";
import { selectList } from "./select-list.ts";
import { selectRecords } from "./select-records.ts";

/** A record as the REST API shows it. */
export interface ShownRecord {
  readonly attributes: Attributes;
  readonly [name: string]: FieldValue | ShownRecord | ShownChildren | Attributes;
}

/** What it is, and where; a group of records is nowhere. */
interface Attributes {
  readonly type: string;
  readonly url?: string;
}

/** The answer of a sub-select. */
export interface ShownChildren {
  readonly totalSize: number;
  readonly done: boolean;
  readonly records: readonly ShownRecord[];
}

/** Shows a record. */
export type Projection = (record: StoredRecord) => ShownRecord;

/** What a caller of a query fixes. */
export interface QueryContext {
  readonly org: Org;
  /** `/services/data/v63.0`: the address in a record's attributes begins with it. */
  readonly base: string;
  /** Records of the recycle bin too. */
  readonly includeDeleted: boolean;
}

/** One object's share of a select list: own fields, and parents with theirs. */
interface Selection {
  readonly object: ObjectDefinition;
  readonly fields: Map<string, "field" | Parent | Children>;
}

interface Parent {
  readonly step: ParentStep;
  readonly selection: Selection;
}

type Children = (record: StoredRecord) => ShownChildren | null;

/** Compiles a select list. Throws `INVALID_FIELD` for what the schema does not have. */
export function compileProjection(
  context: QueryContext,
  object: ObjectDefinition,
  selected: readonly SelectedField[],
): Projection {
  const root: Selection = { object, fields: new Map() };
  for (const one of selected) {
    if (one.type === "Field") add(context, root, one.field);
    else if (one.type === "FieldRelationship") add(context, root, [...one.relationships, one.field].join("."));
    else if (one.type === "FieldSubquery") addChildren(context, root, one.subquery);
    else throw malformed("functions in a select list are not supported by the emulator");
  }
  return (record) => show(context, root, record);
}

function add({ org }: QueryContext, root: Selection, path: string): void {
  const { parents, field } = resolvePath(org, root.object, path);
  let selection = root;
  for (const step of parents) {
    const name = step.reference.reference?.relationship ?? "";
    const known = selection.fields.get(name);
    const parent: Parent =
      typeof known === "object" ? known : { step, selection: { object: step.object, fields: new Map() } };
    selection.fields.set(name, parent);
    selection = parent.selection;
  }
  if (selection.fields.has(field.name)) {
    throw new SalesforceError("INVALID_FIELD", `duplicate field selected: ${path}`);
  }
  selection.fields.set(field.name, "field");
}

function addChildren(context: QueryContext, root: Selection, subquery: Subquery): void {
  const { org } = context;
  const relation = org.schema().children(root.object, subquery.relationshipName);
  if (!relation) {
    throw new SalesforceError(
      "INVALID_TYPE",
      `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }
  const select = selectRecords(context, relation.object, subquery);
  const project = compileProjection(context, relation.object, selectList(relation.object, subquery));
  const children: Children = (record) => {
    const records = select(org.store.having(relation.object, relation.field.name, record.Id)).map(project);
    return records.length === 0 ? null : { totalSize: records.length, done: true, records };
  };
  root.fields.set(relation.field.reference?.children ?? subquery.relationshipName, children);
}

function show(context: QueryContext, { object, fields }: Selection, record: StoredRecord): ShownRecord {
  const shown: Record<string, FieldValue | ShownRecord | ShownChildren> = {};
  for (const [name, what] of fields) {
    if (what === "field") {
      shown[name] = record[name] ?? null;
    } else if (typeof what === "function") {
      shown[name] = what(record);
    } else {
      const parent = parentOf(context.org, record, what.step);
      shown[name] = parent ? show(context, what.selection, parent) : null;
    }
  }
  return { attributes: attributesOf(context.base, object, record.Id), ...shown };
}

/** What every record that is shown begins with. */
function attributesOf(base: string, object: ObjectDefinition, id: string): ShownRecord["attributes"] {
  return { type: object.name, url: `${base}/sobjects/${object.name}/${id}` };
}
