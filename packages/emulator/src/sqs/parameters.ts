import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";
import { invalid, missing, SqsError } from "./sqs-error.ts";

/** A text that must be there. Throws an SqsError. */
export function text(input: JsonObject, parameter: string): string {
  const value = input[parameter] ?? null;
  if (value === null) throw missing(parameter);
  if (typeof value !== "string") throw serialization(parameter, "a text");
  return value;
}

/** A whole number within limits; undefined when it is absent. Throws an SqsError. */
export function wholeNumber(
  input: JsonObject,
  parameter: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const value = input[parameter] ?? null;
  if (value === null) return undefined;
  if (typeof value !== "number") throw serialization(parameter, "a number");
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(parameter, `Must be between ${least} and ${most}, if provided.`);
}

/** A list of texts; empty when it is absent. Throws an SqsError. */
export function texts(input: JsonObject, parameter: string): readonly string[] {
  const value: JsonValue = input[parameter] ?? [];
  if (isList(value) && value.every((item) => typeof item === "string")) return value;
  throw serialization(parameter, "a list of texts");
}

/** An object; empty when it is absent. Throws an SqsError. */
export function object(input: JsonObject, parameter: string): JsonObject {
  const value: JsonValue = input[parameter] ?? {};
  if (isJsonObject(value)) return value;
  throw serialization(parameter, "an object");
}

/** An object of texts; empty when it is absent. Throws an SqsError. */
export function textsByName(input: JsonObject, parameter: string): Readonly<Record<string, string>> {
  const value = object(input, parameter);
  if (Object.values(value).every((item) => typeof item === "string")) return value as Readonly<Record<string, string>>;
  throw serialization(parameter, "an object of texts");
}

/** The entries of a batch: one to ten, each with an id of its own. Throws an SqsError. */
export function batch(input: JsonObject): readonly JsonObject[] {
  const value: JsonValue = input.Entries ?? [];
  if (!isList(value) || !value.every(isJsonObject)) throw serialization("Entries", "a list of objects");
  const code = (name: string, words: string): SqsError =>
    new SqsError(name, words, { queryCode: `AWS.SimpleQueueService.${name}` });
  if (value.length === 0) throw code("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (value.length > 10) {
    throw code(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${value.length}.`,
    );
  }
  const ids = value.map((entry) => text(entry, "Id"));
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw code(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores.",
    );
  }
  if (new Set(ids).size < ids.length)
    throw code("BatchEntryIdsNotDistinct", "Two or more batch entries have the same Id.");
  return value;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function serialization(parameter: string, wanted: string): SqsError {
  return new SqsError("SerializationException", `${parameter} must be ${wanted}.`, { queryCode: "MalformedInput" });
}
