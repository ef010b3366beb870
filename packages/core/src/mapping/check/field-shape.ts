import type { CrmField, CrmFieldType } from "@cosell/connector";
import type { TargetField } from "../../target.ts";
import { countCodePoints } from "../code-points.ts";
import type { ValueForm, ValueShape } from "./value-shape.ts";

const forms: Readonly<Record<CrmFieldType, ValueForm | undefined>> = {
  id: "prose",
  string: "text",
  text: "text",
  html: "text",
  email: "prose",
  phone: "prose",
  url: "prose",
  integer: "integer",
  decimal: "number",
  currency: "number",
  percent: "number",
  boolean: "boolean",
  date: "day",
  datetime: "time",
  picklist: "text",
  multipicklist: "text",
  reference: "prose",
  other: undefined,
};

/** Texts that people write, and that make sense when they are cut. */
const cuttable: ReadonlySet<CrmFieldType> = new Set(["string", "text", "html", "picklist"]);

/** One line that may be longer than this has no limit of its own, only its CRM's: that says nothing about what stands in it. */
const longestLine = 1000;

/** What a CRM's field gives. `path` is how it is written, `isList` says that it gives the values of a whole list of records. */
export function shapeOfCrmField(field: CrmField, path: string, isList: boolean): ValueShape {
  const { type } = field;
  const { values, retired, longest } = choicesOf(field);
  const isJoined = type === "multipicklist";
  return {
    form: forms[type],
    isList: isJoined || type === "other" ? undefined : isList,
    isJoined,
    maxLength: type === "picklist" && longest !== undefined ? longest : lengthOf(field),
    values,
    retired,
    isClosed: values !== undefined && (type === "boolean" || field.restricted === true),
    origin: path,
  };
}

function lengthOf({ type, length }: CrmField): number | undefined {
  if (length === undefined || !cuttable.has(type)) return undefined;
  return type === "string" && length > longestLine ? undefined : length;
}

interface Choices {
  readonly values?: readonly string[];
  readonly retired?: ReadonlySet<string>;
  /** Characters of the longest value. */
  readonly longest?: number;
}

/** Made once for each field, so that checks of the same values know each other again. */
const choices = new WeakMap<CrmField, Choices>();

function choicesOf(field: CrmField): Choices {
  const known = choices.get(field) ?? readChoices(field);
  choices.set(field, known);
  return known;
}

function readChoices({ type, picklist }: CrmField): Choices {
  if (type === "boolean") return { values: ["true", "false"] };
  if (picklist === undefined || picklist.length === 0) return {};
  const values = picklist.map(({ value }) => value);
  return {
    values,
    longest: longestOf(values),
    retired: new Set(picklist.flatMap(({ value, active }) => (active ? [] : [value]))),
  };
}

/** What a field of the target gives. The target is known to send values that its own lists lack: they are never closed. */
export function shapeOfTargetField(field: TargetField, itemField: TargetField | undefined): ValueShape {
  const one = itemField ?? field;
  const { values } = one;
  return {
    form: formOfTarget(one),
    isList: field.type === "list" || field.path.includes("[]"),
    maxLength: values ? longestOf(values) : one.maxLength,
    values,
    origin: field.path,
  };
}

function longestOf(values: readonly string[]): number {
  return values.reduce((length, value) => Math.max(length, countCodePoints(value)), 0);
}

function formOfTarget({ type, format }: TargetField): ValueForm | undefined {
  switch (type) {
    case "integer":
      return "integer";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "timestamp":
      return "time";
    case "structure":
    case "list":
    case "map":
      return undefined;
    case "string":
      switch (format) {
        case "date":
          return "day";
        case "timestamp":
          return "time";
        case "decimal":
          return "number";
        case "email":
          return "prose";
        case "text":
        case undefined:
          return "text";
      }
  }
}
