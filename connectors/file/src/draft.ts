import { randomUUID } from "node:crypto";
import type { Failure, JsonValue, WriteOperation, WriteResult } from "@cosell/connector";
import { classify } from "./classify.ts";
import { unknownColumn } from "./columns.ts";
import type { ObjectSettings } from "./config.ts";
import { issueWith, plainText, storedValue } from "./field-values.ts";
import { canonicalRef, type Row, versionOf } from "./row.ts";
import type { Survey } from "./survey.ts";

type Values = Row["values"];

/** What a file is to become. */
export interface Draft {
  /** New content of records that the file has. */
  readonly changed: ReadonlyMap<string, Values>;
  /** Records to add, in order. */
  readonly added: ReadonlyMap<string, Values>;
  readonly results: readonly WriteResult[];
}

/** Applies operations one after the other to what is known of the file. What cannot be done fails alone. */
export function draftOf(settings: ObjectSettings, survey: Survey, operations: readonly WriteOperation[]): Draft {
  const changed = new Map<string, Values>();
  const added = new Map<string, Values>();
  const known = new Set([settings.key, ...survey.columns, ...Object.keys(settings.fields)]);
  const valuesOf = (ref: string): Values | undefined =>
    added.get(ref) ?? changed.get(ref) ?? survey.rows.get(ref)?.values;
  const holderOf = (column: string, value: JsonValue): string | undefined => {
    const text = plainText(value);
    const drafted = [...changed, ...added].find(([, values]) => plainText(values[column]) === text)?.[0];
    const standing = survey.holderOf(column, text);
    // The file's holder may have another value by now.
    return drafted ?? (standing !== undefined && !changed.has(standing) ? standing : undefined);
  };

  const keep = (ref: string, fields: WriteOperation["fields"]): WriteResult => {
    const stored = Object.entries(fields).map(([column, value]) => [column, storedValue(value, settings)] as const);
    const values = { ...valuesOf(ref), ...Object.fromEntries(stored), [settings.key]: ref };
    (survey.rows.has(ref) ? changed : added).set(ref, values);
    return { ok: true, ref, version: versionOf(values) };
  };

  const refusal = (ref: string | undefined, fields: WriteOperation["fields"]): Failure | undefined => {
    const foreign = Object.keys(fields).find((field) => !known.has(field));
    if (foreign !== undefined) {
      const message = unknownColumn(settings.file, foreign, [...known]);
      return { kind: "invalid", message, issues: [{ message, target: foreign, code: "NO_COLUMN" }] };
    }
    const issues = Object.entries(fields).flatMap(([field, value]) => {
      const issue = issueWith(field, value, settings) ?? takenIssue(ref, field, value);
      return issue ? [issue] : [];
    });
    if (issues.length === 0) return undefined;
    return {
      kind: "invalid",
      message: `${settings.file} cannot take it. ${issues.map(({ message }) => message).join(" ")}`,
      issues,
    };
  };

  const takenIssue = (ref: string | undefined, field: string, value: JsonValue) => {
    if (field === settings.key && ref !== undefined && value !== ref)
      return { code: "KEY", target: field, message: `${field} is the key: it does not change.` };
    const holder =
      settings.fields[field]?.unique && value !== null && value !== "" ? holderOf(field, value) : undefined;
    return holder === undefined || holder === ref
      ? undefined
      : { code: "TAKEN", target: field, message: `${field} is unique, and another record has this value.` };
  };

  const update = (operation: WriteOperation & { readonly kind: "update" }): WriteResult => {
    const ref = canonicalRef(operation.ref);
    const values = valuesOf(ref);
    if (!values) return failed({ kind: "missing", message: `${settings.file} has no record with this key.` });
    if (operation.ifVersion !== undefined && operation.ifVersion !== versionOf(values))
      return failed({ kind: "conflict", message: "The row changed since it was read." });
    const why = refusal(ref, operation.fields);
    return why ? failed(why) : keep(ref, operation.fields);
  };

  const create = ({ fields, idempotencyKey: once }: WriteOperation & { readonly kind: "create" }): WriteResult => {
    const all = once ? { ...fields, [once.field]: once.value } : fields;
    const holder = once && known.has(once.field) ? holderOf(once.field, once.value) : undefined;
    if (holder !== undefined) return { ok: true, ref: holder };
    const given = all[settings.key];
    const ref = typeof given === "string" && given.trim() !== "" ? canonicalRef(given) : randomUUID();
    if (valuesOf(ref))
      return failed({ kind: "conflict", message: `${settings.file} has a record with this key already.` });
    const missing = Object.keys(settings.fields).filter((field) => settings.fields[field]?.required && !(field in all));
    const why = refusal(undefined, { ...Object.fromEntries(missing.map((field) => [field, null])), ...all });
    return why ? failed(why) : keep(ref, all);
  };

  const results = operations.map((operation): WriteResult => {
    try {
      return operation.kind === "update" ? update(operation) : create(operation);
    } catch (error) {
      return failed(classify(error));
    }
  });
  return { changed, added, results };
}

function failed(failure: Failure): WriteResult {
  return { ok: false, failure };
}
