import type { JsonObject, JsonValue } from "@cosell/connector";
import { isStructure, presentAt } from "../model/opportunity-facts.ts";

/** The text at a dotted path of an answer; `undefined` for what is absent, empty or no text. */
export function textAt(answer: JsonObject, path: string): string | undefined {
  const value = presentAt(answer, path);
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list at a dotted path. */
export function textsAt(answer: JsonObject, path: string): readonly string[] {
  const value = presentAt(answer, path);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** Members of an object that have a value. */
export function withoutAbsent(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => (entry[1] ?? null) !== null),
  );
}

/** `1 solution`, `2 solutions`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Is everything that was wanted there? Further members do not matter; lists must be alike. */
export function holds(actual: JsonValue | undefined, wanted: JsonValue): boolean {
  if (isStructure(wanted)) {
    return isStructure(actual) && Object.entries(wanted).every(([name, value]) => holds(actual[name], value));
  }
  if (Array.isArray(wanted)) {
    const items = wanted as readonly JsonValue[];
    const there = Array.isArray(actual) ? (actual as readonly JsonValue[]) : [];
    return there.length === items.length && items.every((item, index) => holds(there[index], item));
  }
  return (actual ?? null) === wanted;
}
