/** A value as JSON carries it. Records, payloads and base values are all of this kind: no `Date`, no `undefined`. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object as JSON carries it. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
