import type { JsonValue } from "@cosell/connector";
import type { Problem } from "../problem.ts";

/** What a value is, as far as steps care. A `date` is a text `YYYY-MM-DD` or an ISO time. */
export type ValueKind = "text" | "number" | "boolean" | "date" | "list";

/** The arguments of a step as texts, by name; the unnamed one is `value`. Absent ones are absent. */
export type StepArguments = Readonly<Record<string, string | undefined>>;

/** A value, nothing (`undefined`), or why there is none. */
export type StepResult = JsonValue | undefined | Problem;

interface StepBase {
  /** Its arguments. */
  readonly arguments?: Readonly<Record<string, "required" | "optional">>;
  readonly gives: ValueKind;
  /** It may lose something: where its result differs from what it was given, that is a warning, said like this. */
  readonly lossy?: { readonly code: string; readonly message: string };
}

/** A step on one value, handed over as text. On a list it works item by item. */
export interface ScalarStep extends StepBase {
  readonly takes: Exclude<ValueKind, "list">;
  /** Makes the step ready; a problem when the arguments make no sense. Called once per mapping where they are literals. */
  prepare(given: StepArguments): ((text: string) => StepResult) | Problem;
}

/** A step on a list. One value counts as a list of one. */
export interface ListStep extends StepBase {
  readonly takes: "list";
  prepare(given: StepArguments): ((items: readonly JsonValue[]) => StepResult) | Problem;
}

export type Step = ScalarStep | ListStep;
