import type { JsonValue } from "@cosell/connector";

/**
 * What a connector adds to the steps, under a name of its own: pure, without promise, and never changing what it is
 * given. Gets the value as it stands at that step and the step's arguments by name (an unnamed one is `value`);
 * `undefined` means that there is no value. Whatever it throws becomes an issue.
 */
export type MappingFunction = (
  value: JsonValue,
  given: Readonly<Record<string, JsonValue | undefined>>,
) => JsonValue | undefined;

/** A connector's functions by the name that a mapping calls. */
export type MappingFunctions = Readonly<Record<string, MappingFunction>>;
