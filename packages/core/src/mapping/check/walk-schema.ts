import type { CrmField, CrmRelation, ObjectSchema, SchemaSnapshot } from "@cosell/connector";
import { suggest } from "../suggest.ts";
import { indexOf, relationAt } from "./schema-index.ts";

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
  const known = objects.flatMap((name) => (Object.hasOwn(schema.objects, name) ? (schema.objects[name] ?? []) : []));
  if (known.length === 0 || known.length < objects.length) return { kind: "opaque" };
  const found = known.map((object) => walkObject(schema, object, segments));
  return found.find(({ kind }) => kind !== "unknown") ?? found[0] ?? { kind: "opaque" };
}

function walkObject(schema: SchemaSnapshot, object: ObjectSchema, segments: readonly string[]): Found {
  const names = segments.map((segment) => segment.replace("[]", ""));
  const index = indexOf(object);
  const relation = relationAt(index, names);
  if (relation !== undefined) return followRelation(schema, relation, segments);
  const [name = "", ...rest] = names;
  const field = index.fields.get(name);
  if (field === undefined) return unknown(schema, object, name, rest);
  if (rest.length === 0) return { kind: "field", field };
  if (field.type === "other") return { kind: "opaque" };
  return { kind: "unknown", message: `${object.object}.${name} is a single field: nothing is below it.` };
}

function followRelation(schema: SchemaSnapshot, relation: CrmRelation, segments: readonly string[]): Found {
  const length = relation.path.split(".").length;
  const rest = segments.slice(length);
  if (rest.length === 0) return { kind: "relation", relation };
  if (relation.kind === "many" && segments[length - 1]?.endsWith("[]") !== true) {
    return {
      kind: "list",
      message: `${relation.path} is a list: use "each", or write ${relation.path}[].${rest.join(".")} for the values of all.`,
    };
  }
  const found = walkSchema(schema, relation.objects, rest);
  if (found.kind !== "unknown" || found.suggestion === undefined) return found;
  return { ...found, suggestion: [...segments.slice(0, length), found.suggestion].join(".") };
}

function unknown(schema: SchemaSnapshot, object: ObjectSchema, name: string, rest: readonly string[]): Found {
  const message = `${object.object} has no field "${name}".`;
  const relations = object.relations.map(({ path }) => path);
  if (rest.length === 0) {
    const meant =
      relations.find((path) => path.startsWith(`${name}.`)) ??
      suggest(name, [...object.fields.map((field) => field.name), ...relations]);
    return { kind: "unknown", message, suggestion: meant };
  }
  const meant = suggest(name, relations) ?? suggest([name, ...rest].join("."), relations);
  if (meant === undefined) return { kind: "unknown", message };
  const below = meant.includes(".") ? rest.slice(1) : rest;
  return {
    kind: "unknown",
    message,
    suggestion: below.length === 0 ? meant : correctedBelow(schema, object, meant, below),
  };
}

/** The path below a corrected relation, with its own slip corrected too. */
function correctedBelow(schema: SchemaSnapshot, object: ObjectSchema, meant: string, rest: readonly string[]): string {
  const path = [...meant.split("."), ...rest];
  const found = walkObject(schema, object, path);
  return (found.kind === "unknown" ? found.suggestion : undefined) ?? path.join(".");
}
