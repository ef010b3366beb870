import { type Failure, failureOf, type FailureIssue } from "@cosell/connector";
import { z } from "zod";
import { type ErrorMeaning, meaningOf } from "./error-codes.ts";
import { networkFailure } from "./network-failure.ts";

/** One error as Salesforce tells it: REST calls it `errorCode`, collections call it `statusCode`. */
export interface SalesforceError {
  readonly code: string;
  /** Salesforce's own text. May contain the record's values: never shown, except where an administrator wrote it. */
  readonly text: string;
  readonly fields: readonly string[];
  /** Ids of the records that a duplicate rule found. */
  readonly duplicates?: readonly string[];
}

/**
 * What any error means: Salesforce's, jsforce's, or one that we threw. Total: what nobody knows is `bug`. Texts of
 * Salesforce stay out of the message, since many repeat the value.
 */
export function classify(error: unknown): Failure {
  try {
    const known = failureOf(error);
    if (known) return known;
    const errors = errorsOf(error);
    if (errors.length > 0) return failureOfErrors(errors);
    return networkFailure(error, { write: false }) ?? unknownError(nameOf(error));
  } catch {
    // Even looking at it throws.
    return unknownError("unnamed");
  }
}

function unknownError(name: string): Failure {
  return { kind: "bug", message: `The Salesforce connector failed in a way that it does not know (${name}).` };
}

/** The failure for one record or one call, from all that Salesforce says about it. */
export function failureOfErrors(errors: readonly SalesforceError[]): Failure {
  const judged = errors.map((error) => ({ error, meaning: judge(error) }));
  // What is not the values' fault decides: it says whether the other complaints can be believed at all.
  const decisive = judged.find(({ meaning }) => meaning?.kind !== "invalid");
  if (decisive) return failureOfOne(decisive.error, decisive.meaning);
  const issues = judged.map(({ error, meaning }) => issueOf(error, meaning));
  const code = errors[0]?.code;
  return {
    kind: "invalid",
    message: `Salesforce refuses it. ${issues.map(({ message }) => message).join(" ")}`,
    issues,
    ...(code !== undefined && { code }),
  };
}

/** Reads Salesforce's errors out of an answer's body or out of what jsforce throws; empty when there are none. */
export function errorsOf(source: unknown): readonly SalesforceError[] {
  if (Array.isArray(source)) return source.flatMap(errorsOf);
  if (typeof source !== "object" || source === null) return [];
  const { errorCode, statusCode, message, fields, data } = source as Readonly<Record<string, unknown>>;
  const inner = errorsOf(data);
  if (inner.length > 0) return inner;
  const code = typeof errorCode === "string" ? errorCode : statusCode;
  if (typeof code !== "string") return [];
  const text = typeof message === "string" ? message : "";
  const named = Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : [];
  const duplicates = code === "DUPLICATES_DETECTED" ? duplicatesIn(source) : [];
  return [
    {
      code,
      text,
      fields: named.length > 0 ? named : fieldsNamedIn(text),
      ...(duplicates.length > 0 && { duplicates }),
    },
  ];
}

/** The exceptions to the table: one code, two meanings. */
function judge({ code, text, fields }: SalesforceError): ErrorMeaning | undefined {
  if (code === "REQUEST_LIMIT_EXCEEDED" && /concurrent/i.test(text))
    return { kind: "throttled", says: "Too many long calls run in this org at once." };
  if (code === "INVALID_CROSS_REFERENCE_KEY" && fields.length > 0)
    return { kind: "invalid", says: "{fields} names a record that is gone, or that the user may not see." };
  // A flow or trigger that met a locked row says so only in its text.
  if (text.includes("UNABLE_TO_LOCK_ROW")) return meaningOf("UNABLE_TO_LOCK_ROW");
  return meaningOf(code);
}

function failureOfOne(error: SalesforceError, meaning: ErrorMeaning | undefined): Failure {
  const { code } = error;
  if (!meaning)
    return { kind: "bug", message: `Salesforce answers with ${code}, which the connector does not know.`, code };
  const message = sentence(error, meaning);
  return meaning.kind === "invalid"
    ? { kind: "invalid", message, code, issues: [issueOf(error, meaning)] }
    : { kind: meaning.kind, message, code };
}

function issueOf(error: SalesforceError, meaning: ErrorMeaning | undefined): FailureIssue {
  const [target] = error.fields;
  const message = meaning ? sentence(error, meaning) : `Salesforce answers with ${error.code}.`;
  return { message, code: error.code, ...(target !== undefined && { target }) };
}

function sentence({ fields, text, duplicates = [] }: SalesforceError, { says, quotes }: ErrorMeaning): string {
  const unnamed = says.startsWith("{fields}") ? "A field" : "a field";
  const told = says
    .replace("{fields}", fields.length > 0 ? fields.join(", ") : unnamed)
    .replace("{duplicates}", duplicates.length > 0 ? ` (${duplicates.join(", ")})` : "");
  return quotes ? `${told} "${text.slice(0, 300)}"` : told;
}

/** What a duplicate rule's error says of the records that it found: their ids, never their values. */
const foundRecord = z.object({ record: z.object({ Id: z.string().regex(/^[a-zA-Z0-9]{15,18}$/) }) });
const found = z.object({ matchResults: z.array(z.object({ matchRecords: z.array(foundRecord) })) });
/** Salesforce itself misspells the member. */
const duplicateError = z.object({ duplicateResut: found.optional(), duplicateResult: found.optional() });

/** Ids of at most five of the records that a duplicate rule found. */
function duplicatesIn(error: unknown): readonly string[] {
  const { duplicateResut, duplicateResult = duplicateResut } = duplicateError.safeParse(error).data ?? {};
  const ids = (duplicateResult?.matchResults ?? []).flatMap(({ matchRecords }) =>
    matchRecords.map(({ record }) => record.Id),
  );
  return [...new Set(ids)].slice(0, 5);
}

/** Where an error names its fields only in its text, in one of Salesforce's fixed phrases. */
function fieldsNamedIn(text: string): readonly string[] {
  const phrases = [
    /No such column '([\w.]+)'/,
    /Didn't understand relationship '([\w.]+)'/,
    /Required fields are missing: \[([\w, ]+)\]/,
    /^(\w+): data value too large/,
    /duplicate value found: (\w+) duplicates/,
  ];
  const found = phrases.map((phrase) => phrase.exec(text)?.[1]).find((name) => name !== undefined);
  return found === undefined ? [] : found.split(/,\s*/);
}

function nameOf(error: unknown): string {
  const name = typeof error === "object" && error !== null && "name" in error ? error.name : typeof error;
  return typeof name === "string" && /^\w{1,60}$/.test(name) ? name : "unnamed";
}
