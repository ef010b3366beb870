import type { Finding } from "@cosell/core";
import type { JsonObject } from "@cosell/connector";
import {
  acceptedValues,
  closedLists,
  type Operation,
  validateInput,
  type ValidationError,
} from "@cosell/partner-central/model";
import { closest } from "../configuration/suggestion.ts";
import type { YamlPath } from "../configuration/yaml-source.ts";
import type { MeantOperation } from "./meant-operation.ts";
import type { ApiInput } from "./read-input.ts";

/**
 * Everything that AWS's model has against a body, at its place in the input. Members that the model does not know are
 * warnings only: AWS may have added them, but it ignores a misspelt one without a word, and an update without the member
 * that was meant removes its value.
 */
export function checkInput(meant: MeantOperation, body: JsonObject, { source, members }: ApiInput): readonly Finding[] {
  const { operation, service } = meant;
  const errors = validateInput(operation.name, body, service.model).map((error) => {
    const steps = stepsOf(error.fieldName);
    const values = error.code === "INVALID_ENUM_VALUE" ? valuesAt(error, meant) : [];
    const suggestion = closest(String(valueAt(body, steps)), values);
    const among = suggestion === undefined && values.length > 0 && values.length <= fewValues;
    return source.finding(steps, {
      severity: "error",
      code: error.code,
      message: `${error.fieldName}: ${error.message}${among ? ` They are: ${values.join(", ")}.` : ""}`,
      ...(suggestion !== undefined && { suggestion }),
    });
  });
  const warnings = unknownMembers(operation, members).map(({ steps, known }) => {
    const suggestion = closest(String(steps.at(-1)), known);
    return source.finding(
      steps,
      {
        severity: "warning",
        code: "unknown-member",
        message: `${steps.join(".")}: AWS's model does not know it; it is sent as it is, and probably ignored.`,
        ...(suggestion !== undefined && { suggestion }),
      },
      "key",
    );
  });
  return [...errors, ...warnings].toSorted((left, right) => left.line - right.line || left.column - right.column);
}

/** So many that they can be told in one message. */
const fewValues = 16;

/** The values that a place takes, by AWS's model or its documentation. */
function valuesAt({ fieldName }: ValidationError, { operation, service }: MeantOperation): readonly string[] {
  const place = fieldName.replaceAll(/\[\d+\]/g, "[]");
  const enumName = operation.input.find(({ path }) => path === place)?.enumName;
  const closed = service.name === "selling" ? closedLists.find(({ path }) => path === place)?.values : undefined;
  return closed ?? (enumName === undefined ? [] : acceptedValues(enumName, service.name));
}

function valueAt(body: JsonObject, steps: YamlPath): unknown {
  return steps.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    body,
  );
}

/** `Customer.Contacts[0].Email` as steps. */
function stepsOf(fieldName: string): YamlPath {
  return fieldName
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

interface UnknownMember {
  readonly steps: YamlPath;
  /** Names that the model has at this place. */
  readonly known: readonly string[];
}

function unknownMembers({ input }: Operation, members: JsonObject): readonly UnknownMember[] {
  const known = new Map(input.map((member) => [member.path, member]));
  const siblings = (rule: string): readonly string[] =>
    input
      .map(({ path }) => path)
      .filter((path) => path.startsWith(rule) && !/[.[{]/.test(path.slice(rule.length)))
      .map((path) => path.slice(rule.length));
  const walk = (value: unknown, rule: string, steps: YamlPath): readonly UnknownMember[] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, `${rule}[]`, [...steps, index]));
    if (typeof value !== "object" || value === null || known.get(rule)?.type === "map") return [];
    const before = rule === "" ? "" : `${rule}.`;
    return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
      const here = [...steps, name];
      if (known.has(before + name)) return walk(item, before + name, here);
      // The catalog is asked of every input here, also where AWS's model does not.
      return steps.length === 0 && name === "Catalog" ? [] : [{ steps: here, known: siblings(before) }];
    });
  };
  return walk(members, "", []);
}
