import type { CrmField, CrmRelation, ObjectSchema, SchemaSnapshot } from "@cosell/connector";
import { suggest } from "../suggest.ts";

/** Where a path leads in the CRM's schema. */
export type Found =
  | { readonly kind: "field"; readonly field: CrmField }
  | { readonly kind: "relation"; readonly relation: CrmRelation }
  /** Beyond what the schema describes. */
  | { readonly kind: "opaque" }
  | { readonly kind: "unknown"; readonly message: string; readonly suggestion?: string | undefined }
  | { readonly kind: "list"; readonly message: string };

/** Walks a path from one of these objects. Where there are several, any that knows the path will do. */
export function walkSchema(schema: SchemaSnapshot, objects: readonly string[], segments: readonly string[]): Found {
  const known = objects.flatMap((name) => schema.objects[name] ?? []);
  if (known.length === 0 || known.length < objects.length) return { kind: "opaque" };
  const found = known.map((object) => walkObject(schema, object, segments));
  return found.find(({ kind }) => kind !== "unknown") ?? found[0] ?? { kind: "opaque" };
}

function walkObject(schema: SchemaSnapshot, object: ObjectSchema, segments: readonly string[]): Found {
  const names = segments.map((segment) => segment.replace("[]", ""));
  const relation = object.relations
    .filter(({ path }) => `${names.join(".")}.`.startsWith(`${path}.`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (relation !== undefined) return followRelation(schema, relation, segments);
  const [name = "", ...rest] = names;
  const field = object.fields.find((candidate) => candidate.name === name);
  if (field === undefined) return unknown(object, name, rest);
  if (rest.length === 0) return { kind: "field", field };
  if (field.type === "other") return { kind: "opaque" };
  return { kind: "unknown", message: `${object.object}.${name} is a single field: nothing is below it.` };
}

function followRelation(schema: SchemaSnapshot, relation: CrmRelation, segments: readonly string[]): Found {
  const length = relation.path.split(".").length;
  const rest = segments.slice(length);
  if (rest.length === 0) return { kind: "relation", relation };
  if (relation.kind === "many" && segments[length - 1]?.endsWith("[]") !== true)
    return {
      kind: "list",
      message: `${relation.path} is a list: use "each", or write ${relation.path}[].${rest.join(".")} for the values of all.`,
    };
  const found = walkSchema(schema, relation.objects, rest);
  if (found.kind !== "unknown" || found.suggestion === undefined) return found;
  return { ...found, suggestion: [...segments.slice(0, length), found.suggestion].join(".") };
}

function unknown(object: ObjectSchema, name: string, rest: readonly string[]): Found {
  const starts = object.relations.map(({ path }) => path.split(".")[0] ?? path);
  const candidates = rest.length > 0 ? starts : [...object.fields.map((field) => field.name), ...starts];
  const meant = suggest(name, candidates);
  const suggestion = meant === undefined ? undefined : [meant, ...rest].join(".");
  return { kind: "unknown", message: `${object.object} has no field "${name}".`, suggestion };
}
