import type { TargetField, TargetModel, TargetState } from "../../target.ts";

/** A state of an opportunity, by the name that people know it by. */
export interface NamedState {
  readonly name: string;
  readonly state: TargetState;
}

/** What there is to say about a path of the target's model. */
export interface TargetDescription {
  readonly path: string;
  /** `text`, `list of objects`, `date`. */
  readonly type: string;
  /** What a value must keep to, each a few words. */
  readonly limits: readonly string[];
  /** The only values of the field or of its items. */
  readonly values: readonly string[] | undefined;
  /** In which states it can be changed; `undefined`: in all. */
  readonly editable: string | undefined;
}

const scalarNames = { string: "text", integer: "whole number", number: "number", boolean: "true or false" } as const;
const formatNames = {
  text: "text",
  date: "date",
  decimal: "amount",
  email: "e-mail address",
  timestamp: "time",
} as const;
const callNames: Readonly<Partial<Record<TargetField["calls"][number], string>>> = {
  associate: "associated by calls of its own",
  assign: "goes with the assignment",
  submit: "goes with the submission",
};

/** Longer patterns tell a reader nothing. */
const longestPattern = 40;

/** Describes a path that rules may write or read. */
export function describeTarget(
  field: TargetField,
  options: { readonly target: TargetModel; readonly states: readonly NamedState[] },
): TargetDescription {
  const { readable, writable } = options.target;
  const item = `${field.path}[]`;
  const itemField = writable.get(item) ?? readable.get(item);
  return {
    path: field.path,
    type: itemField === undefined ? typeOf(field) : `list of ${typeOf(itemField)}s`,
    limits: [...limitsOf(field), ...(itemField ? limitsOf(itemField) : [])],
    values: field.values ?? itemField?.values,
    editable: options.target.writable.has(field.path) ? editableIn(field, options) : undefined,
  };
}

/** Says in one paragraph what a field is. */
export type Summarize = (field: TargetField) => string;

/** The description in one paragraph. */
export function targetSummary({ type, limits, values, editable }: TargetDescription): string {
  const count = values === undefined ? [] : [values.length === 1 ? "one value" : `one of ${values.length} values`];
  const first = [type, ...limits, ...count].join(", ");
  const sentence = `${first.slice(0, 1).toUpperCase()}${first.slice(1)}.`;
  return editable === undefined ? sentence : `${sentence} ${editable}`;
}

function typeOf({ type, format = "text" }: TargetField): string {
  switch (type) {
    case "string":
      return formatNames[format];
    case "timestamp":
      return "time";
    case "structure":
    case "map":
      return "object";
    case "list":
      return "list";
    default:
      return scalarNames[type];
  }
}

function limitsOf(field: TargetField): readonly string[] {
  const {
    required,
    minLength = 0,
    maxLength,
    minItems = 0,
    maxItems,
    pattern,
    format,
    values,
    calls,
    sensitive,
  } = field;
  const isItem = field.path.endsWith("[]");
  const parent = field.path.slice(0, field.path.lastIndexOf("."));
  const call = calls.flatMap((name) => callNames[name] ?? []).at(0);
  return [
    ...(required && !isItem ? [parent === "" ? "required" : `required in ${lastName(parent)}`] : []),
    ...(minLength > 1 ? [`at least ${minLength} characters`] : []),
    ...(maxLength !== undefined && values === undefined ? [`up to ${maxLength} characters`] : []),
    ...(minItems > 0 ? [`at least ${minItems} items`] : []),
    ...(maxItems === undefined ? [] : [maxItems === 1 ? "one item" : `up to ${maxItems} items`]),
    ...(pattern !== undefined && format === undefined && pattern.length <= longestPattern
      ? [`form \`${pattern}\``]
      : []),
    ...(sensitive && !isItem ? ["confidential: never shown in messages"] : []),
    ...(call !== undefined && !isItem && !parent.includes(".") ? [call] : []),
  ];
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).replace("[]", "");
}

function editableIn(
  { path, calls }: TargetField,
  { target, states }: { readonly target: TargetModel; readonly states: readonly NamedState[] },
): string | undefined {
  if (!calls.includes("update") && calls.includes("create")) return "Sent at the creation only.";
  const editable = states.filter(({ state }) => target.lockOf(path, state).lock === "editable");
  if (editable.length === states.length) return undefined;
  if (editable.length === 0) return "Never changed after the creation.";
  return `Can be changed: ${editable.map(({ name }) => name).join(", ")}.`;
}
