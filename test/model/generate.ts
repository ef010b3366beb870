import type { JsonObject, JsonValue } from "@cosell/connector";
import type { ServiceModel, Shape } from "@cosell/partner-central/model";
import fc from "fast-check";

/** The shape of that name. */
export function shapeOf({ shapes }: ServiceModel, name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}.`);
  return shape;
}

/** The smallest value that a shape allows: required members only, the first value of a list, as few items as may be, at least one. */
export function minimalValue(model: ServiceModel, name: string): JsonValue {
  const shape = shapeOf(model, name);
  switch (shape.type) {
    case "structure": {
      const members = shape.union === true ? Object.keys(shape.members).slice(0, 1) : (shape.required ?? []);
      return Object.fromEntries(members.map((member) => [member, minimalValue(model, shape.members[member] ?? "")]));
    }
    case "list":
      return items(model, shape.item, Math.max(shape.min ?? 0, 1));
    case "map":
      return { key: minimalValue(model, shape.value) };
    case "string":
      return shape.enum?.[0] ?? minimalText(shape);
    case "integer":
      return shape.min ?? 1;
    case "boolean":
      return true;
    case "timestamp":
      return "2026-01-15T09:00:00Z";
  }
}

/** So many values of a shape. */
export function items(model: ServiceModel, name: string, count: number): readonly JsonValue[] {
  return Array.from({ length: count }, () => minimalValue(model, name));
}

type TextShape = Extract<Shape, { type: "string" }>;

/** By shape: patterns take long to invert. */
const texts = new Map<Shape, string>();

/** A text of the pattern and of the least length; of ten characters where the model asks for none in particular. */
function minimalText(shape: TextShape): string {
  const text = texts.get(shape) ?? newText(shape);
  texts.set(shape, text);
  return text;
}

function newText({ pattern, min = 0, max = Infinity }: TextShape): string {
  const least = Math.max(min, 1);
  if (pattern === undefined) return "a".repeat(Math.min(Math.max(least, 10), max));
  const expression = new RegExp(pattern, "u");
  const plain = ["a", "1"].map((letter) => letter.repeat(least)).find((text) => expression.test(text));
  if (plain !== undefined) return plain;
  const fits = fc.stringMatching(expression).filter((text) => text.length >= least && text.length <= max);
  const [text] = fc.sample(fits, { numRuns: 1, seed: 1 });
  if (text === undefined) throw new Error(`No text was found for ${pattern}.`);
  return text;
}

/** A copy in which everything on the way to a place exists, made as small as the model allows, and the place has this value. */
export function withMember(
  model: ServiceModel,
  root: string,
  input: JsonObject,
  path: string,
  value: Change,
): JsonObject {
  return placed({ model, name: root, present: input, steps: stepsOf(path), value }) as JsonObject;
}

/** What becomes of a place: a value, or nothing at all. */
export type Change = { readonly value: JsonValue } | { readonly remove: true };

/** `Contacts[].Email` as `Contacts`, `[]`, `Email`. */
function stepsOf(path: string): readonly string[] {
  return path.split(/\.|(?=\[\]|\{\})/);
}

interface Placing {
  readonly model: ServiceModel;
  readonly name: string;
  readonly present: JsonValue | undefined;
  readonly steps: readonly string[];
  readonly value: Change;
}

function placed({ model, name, present, steps, value }: Placing): JsonValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return "remove" in value ? undefined : value.value;
  const shape = shapeOf(model, name);
  const base = present ?? minimalValue(model, name);
  const inner = (below: string, at: JsonValue | undefined) =>
    placed({ model, name: below, present: at, steps: rest, value });
  if (shape.type === "list") {
    const [first, ...others] = base as readonly JsonValue[];
    return [inner(shape.item, first) ?? null, ...others];
  }
  if (shape.type === "map") {
    const [[key, first] = ["key", undefined]] = Object.entries(base as JsonObject);
    return { [key]: inner(shape.value, first) ?? null };
  }
  if (shape.type !== "structure") throw new Error(`Nothing is below ${name}.`);
  const { [step]: at, ...others } = base as JsonObject;
  const next = inner(shape.members[step] ?? "", at);
  return { ...(shape.union === true ? {} : others), ...(next !== undefined && { [step]: next }) };
}
