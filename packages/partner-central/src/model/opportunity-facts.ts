import type { JsonObject, JsonValue } from "@cosell/connector";

/** Stages in order of progress, without the two ends. */
export const openStages: readonly string[] = [
  "Prospect",
  "Qualified",
  "Technical Validation",
  "Business Validation",
  "Committed",
];

/** Is it still open, and at least that far? Launched counts as further than all open stages, Closed Lost as no stage. */
export function hasReached(stage: JsonValue | undefined, least: string): boolean {
  if (typeof stage !== "string") return false;
  if (stage === "Launched") return true;
  const index = openStages.indexOf(stage);
  return index >= 0 && index >= openStages.indexOf(least);
}

/** Neither launched nor lost. An opportunity without a stage is open. */
export function isOpen(stage: JsonValue | undefined): boolean {
  return stage !== "Launched" && stage !== "Closed Lost";
}

/** The value at a dotted path; `undefined` for what is absent, null, empty text or an empty list: AWS treats them alike. */
export function presentAt(object: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = object;
  for (const member of path.split(".")) {
    if (!isStructure(value) || !Object.hasOwn(value, member)) return undefined;
    value = value[member];
  }
  const empty =
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0);
  return empty ? undefined : value;
}

/** The objects in a list of structures. */
export function itemsAt(object: JsonObject, path: string): readonly JsonObject[] {
  const list = presentAt(object, path);
  return Array.isArray(list) ? list.filter(isStructure) : [];
}

/** Is it a JSON object? */
export function isStructure(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
