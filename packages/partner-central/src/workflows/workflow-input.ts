import type { JsonObject, JsonValue } from "@cosell/connector";
import { isStructure } from "../model/opportunity-facts.ts";
import { type ServiceName, services } from "../model/services.ts";
import { validateInput } from "../model/validate-input.ts";

/** One member of a workflow's input, and where AWS's model knows it from. */
export interface InputMember {
  readonly name: string;
  /** For `--help` and the guide: half a sentence. */
  readonly describes: string;
  readonly required?: boolean;
  /** A list; each item is checked. */
  readonly list?: boolean;
  /** It is checked as this member of this operation's input; an empty path is the whole input. */
  readonly like: { readonly operation: string; readonly path: string; readonly service?: ServiceName };
  /** Members of the whole input that the workflow fills in. */
  readonly filledIn?: readonly string[];
  /** It is laid over what AWS holds: members that are missing stay as they are. */
  readonly partial?: boolean;
  /** Never stored. */
  readonly secret?: boolean;
  /** A later run may give another value until this step was begun, or began anew. @defaultValue it never may */
  readonly changeableUntil?: string;
}

/** One thing that is wrong with an input: where, and what is wanted; without the value. */
export interface InputIssue {
  /** `opportunity.Customer.Account.Industry`, `solutions[1]`. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

const alwaysFilledIn = ["Catalog", "ClientToken"];

/** A rule over several members; the issues name the first of them. */
export type InputRule = (input: JsonObject) => readonly InputIssue[];

/** What has an input. */
interface WithInput {
  readonly input: readonly InputMember[];
  readonly rules: readonly InputRule[];
}

/** Exactly one of these members must be given. */
export function exactlyOne(...names: readonly string[]): InputRule {
  return (input) => {
    const given = names.filter((name) => (input[name] ?? null) !== null);
    const message = `Exactly one of ${names.join(", ")} must be given.`;
    return given.length === 1 ? [] : [{ path: given[1] ?? names[0] ?? "", code: "INVALID_VALUE", message }];
  };
}

/** A member that needs another one. */
export function needs(name: string, other: string): InputRule {
  return (input) => {
    const message = `It is needed with ${name}.`;
    const missing = (input[name] ?? null) !== null && (input[other] ?? null) === null;
    return missing ? [{ path: other, code: "REQUIRED_FIELD_MISSING", message }] : [];
  };
}

/** Everything that is wrong with an input, in the order of the members. Total: never throws for any JSON. */
export function checkWorkflowInput(workflow: WithInput, input: JsonObject): readonly InputIssue[] {
  const { input: members, rules } = workflow;
  const known = new Set(members.map(({ name }) => name));
  const unknown = Object.keys(input)
    .filter((name) => !known.has(name))
    .map((name) => ({
      path: name,
      code: "UNKNOWN_MEMBER",
      message: `The workflow has no such member. It knows ${[...known].join(", ")}.`,
    }));
  return [
    ...members.flatMap((member) => issuesOf(member, input[member.name])),
    ...rules.flatMap((rule) => rule(input)),
    ...unknown,
  ];
}

function issuesOf(member: InputMember, value: JsonValue | undefined): readonly InputIssue[] {
  const { name, list = false, required = false } = member;
  if (value === undefined || value === null) {
    return required ? [{ path: name, code: "REQUIRED_FIELD_MISSING", message: "Must be present." }] : [];
  }
  if (!list) return issuesAt(member, name, value);
  if (!Array.isArray(value)) return [{ path: name, code: "INVALID_VALUE", message: "Must be a list." }];
  if (required && value.length === 0) {
    return [{ path: name, code: "NOT_ENOUGH_VALUES", message: "Must have at least one value." }];
  }
  return value.flatMap((item: JsonValue, index) => issuesAt(member, `${name}[${index}]`, item));
}

/** The model's own check, of a body that holds nothing but this value at its place. */
function issuesAt(
  { like, filledIn = [], partial = false }: InputMember,
  at: string,
  value: JsonValue,
): readonly InputIssue[] {
  const { operation, path, service = "selling" } = like;
  if (path === "" && !isStructure(value)) return [{ path: at, code: "INVALID_VALUE", message: "Must be an object." }];
  const body = path === "" ? value : nested(path.split("."), value);
  const missing = new Set([...alwaysFilledIn, ...filledIn]);
  return validateInput(operation, body, services[service].model).flatMap(({ fieldName, code, message }) => {
    if (partial && code === "REQUIRED_FIELD_MISSING") return [];
    if (path === "") return missing.has(fieldName) ? [] : [{ path: `${at}.${fieldName}`, code, message }];
    const below = fieldName.slice(path.length);
    const isHere = fieldName.startsWith(path) && (below === "" || below.startsWith(".") || below.startsWith("["));
    return isHere ? [{ path: `${at}${below}`, code, message }] : [];
  });
}

function nested([first, ...rest]: readonly string[], value: JsonValue): JsonValue {
  return first === undefined ? value : { [first]: nested(rest, value) };
}
