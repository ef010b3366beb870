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

/** What a CRM's field gives. `isList`: the values of a whole list of records. */
export function shapeOfCrmField(field: CrmField, isList: boolean): ValueShape {
  const { type, name } = field;
  const values = type === "boolean" ? ["true", "false"] : field.picklist?.map(({ value }) => value);
  const isJoined = type === "multipicklist";
  return {
    form: forms[type],
    isList: isJoined || type === "other" ? undefined : isList,
    isJoined,
    maxLength: cuttable.has(type) ? field.length : undefined,
    values,
    isClosed: values !== undefined && (type === "boolean" || field.restricted === true),
    origin: name,
  };
}

/** What a field of the target gives. The target is known to send values that its own lists lack: they are never closed. */
export function shapeOfTargetField(field: TargetField, itemField: TargetField | undefined): ValueShape {
  const one = itemField ?? field;
  const { values } = one;
  const longest = values?.reduce((length, value) => Math.max(length, countCodePoints(value)), 0);
  return {
    form: formOfTarget(one),
    isList: field.type === "list" || field.path.includes("[]"),
    maxLength: longest ?? one.maxLength,
    values,
    origin: field.path,
  };
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
