import type { CrmField, ObjectSchema, SchemaSnapshot } from "@cosell/connector";
import { isPath } from "@cosell/core";

/** What a record that is reached is to the deal. */
type Role = "deal" | "company" | "owner" | "contact" | "other";

/** A CRM field that a rule may read. */
export interface CrmCandidate {
  /** From the record on: `Account.Name`. */
  readonly path: string;
  readonly role: Role;
  readonly field: CrmField;
}

const roles: readonly (readonly [RegExp, Role])[] = [
  [/^(primary)?(account|compan(y|ies)|organi[sz]ation|customer)$/, "company"],
  [/^(owner|assignedto|assignee|deal_?owner)$/, "owner"],
  [/contact|person|people/, "contact"],
];

/** What a relation is, by its name; `undefined` for what a mapping of deals has no use for. */
export function roleOf(relationPath: string): Role | undefined {
  const [name = ""] = relationPath.split(".");
  return roles.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
}

/** The fields of the deal, and of the company and the owner that it leads to. */
export function candidatesOf(schema: SchemaSnapshot): readonly CrmCandidate[] {
  const deal = schema.objects[schema.object];
  if (deal === undefined) return [];
  const related = deal.relations
    .filter(({ kind }) => kind === "one")
    .flatMap(({ path, objects }) => {
      const role = roleOf(path);
      const [name] = objects;
      const object = name === undefined ? undefined : schema.objects[name];
      return role === undefined || object === undefined ? [] : fieldsOf(object, `${path}.`, role);
    });
  return [...fieldsOf(deal, "", "deal"), ...related];
}

/** The contacts of a deal: the list, and their fields from an item of it on. */
export function contactsOf(
  schema: SchemaSnapshot,
): { readonly list: string; readonly candidates: readonly CrmCandidate[] } | undefined {
  const deal = schema.objects[schema.object];
  const list = deal?.relations.find(({ kind, path }) => kind === "many" && roleOf(path) === "contact");
  const item = list === undefined ? undefined : schema.objects[list.objects[0] ?? ""];
  if (list === undefined || item === undefined) return undefined;
  // Some CRMs put a record of its own between a deal and a contact: the role.
  const behind = item.relations.flatMap(({ kind, path, objects }) => {
    const object = schema.objects[objects[0] ?? ""];
    return kind === "one" && roleOf(path) === "contact" && object !== undefined
      ? fieldsOf(object, `${path}.`, "contact")
      : [];
  });
  return { list: list.path, candidates: [...behind, ...fieldsOf(item, "", "contact")] };
}

/** Only what a mapping can name: a column "Deal name" of a file, with its blank, it cannot. */
function fieldsOf({ fields }: ObjectSchema, prefix: string, role: Role): readonly CrmCandidate[] {
  return fields
    .filter(({ type }) => type !== "reference" && type !== "other")
    .map((field) => ({ path: prefix + field.name, role, field }))
    .filter(({ path }) => isPath(path));
}
