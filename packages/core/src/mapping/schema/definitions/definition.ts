import type { JsonObject, JsonValue } from "@cosell/connector";

/** One word of the language, for people. */
export interface Definition {
  /** What it is for: one or two sentences, in plain text with `code` in backticks. */
  readonly summary: string;
}

/** What rules make of a record. A test runs every example; the reference shows it. */
export interface Example {
  /** The rules, as they stand under `outbound`. */
  readonly outbound: string;
  /** What they refer to, as it stands under `tables`. */
  readonly tables?: string;
  readonly record: JsonObject;
  /** What AWS would get, by path: `LifeCycle.Stage`, `Customer.Contacts`. */
  readonly gives: Readonly<Record<string, JsonValue>>;
  /** What could not be mapped: code and target of every issue. */
  readonly issues?: readonly string[];
}

/** A word that is best shown at work. */
export interface ShownDefinition extends Definition {
  readonly example: Example;
}
