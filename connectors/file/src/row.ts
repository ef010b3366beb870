import { createHash } from "node:crypto";
import { type JsonValue, FailureError } from "@cosell/connector";

/** One record of a file. */
export interface Row {
  readonly ref: string;
  /** By column; what is empty is null or absent. */
  readonly values: Readonly<Record<string, JsonValue>>;
  /** Where it begins, from 1. */
  readonly line: number;
  /** As it stands in the file, without its line end; empty when it was not asked for. */
  readonly raw: string;
}

/** The content of a row as a short text: equal for equal values, whatever the order of the columns, their quotes and empty ones. */
export function versionOf(values: Row["values"]): string {
  const held = Object.entries(values)
    .filter(([, value]) => value !== null && value !== "")
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(held)).digest("base64url").slice(0, 22);
}

const wellFormed = /^[\p{L}\p{N}_.:/@#+=~-]{1,200}$/u;

/** Whether a text can name a record: letters, digits and a few signs, no blanks. */
export function isRef(text: string): boolean {
  return wellFormed.test(text);
}

/** A record's key without blanks around it. Throws `invalid` for what is none. */
export function canonicalRef(text: string): string {
  const ref = text.trim();
  if (isRef(ref)) return ref;
  const message = "A record's key is 1 to 200 letters, digits and . : / @ # + = ~ _ - without blanks.";
  throw new FailureError({ kind: "invalid", message, issues: [{ message }] });
}
