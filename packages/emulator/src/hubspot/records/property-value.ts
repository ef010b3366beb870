import type { PropertyProblem } from "../hubspot-error.ts";
import type { PropertyDefinition } from "../schema/property.ts";

/** The longest text that a property takes. Not official. */
const longestText = 65_536;

/** A value as it is stored, or why it is not taken. */
export type StoredValue = { readonly value: string | null } | { readonly problem: PropertyProblem };

/** The text that HubSpot stores for a value that was sent. Empty text clears, and null too. */
export function storedValue(definition: PropertyDefinition, sent: unknown): StoredValue {
  const { name } = definition;
  const text = typeof sent === "string" ? sent : sent === null || sent === undefined ? "" : plain(sent);
  if (text === undefined) return no(name, "INVALID_FORMAT", "Property values must be texts");
  if (text === "") return { value: null };
  switch (definition.type) {
    case "number":
      return Number.isFinite(Number(text)) && text.trim() !== ""
        ? { value: text.trim() }
        : no(name, "INVALID_NUMBER", `${text} was not a valid number.`);
    case "bool":
      return text === "true" || text === "false"
        ? { value: text }
        : no(name, "INVALID_OPTION", `${text} was not one of the allowed options: [true, false]`);
    case "datetime": {
      const instant = instantOf(text);
      return instant === undefined
        ? no(name, "INVALID_DATE", `${text} is not a valid date-time`)
        : { value: told(instant) };
    }
    case "date": {
      const instant = instantOf(text);
      if (instant === undefined) return no(name, "INVALID_DATE", `${text} is not a valid date`);
      return instant % 86_400_000 === 0
        ? { value: new Date(instant).toISOString().slice(0, 10) }
        : no(name, "INVALID_DATE", `${text} is at ${new Date(instant).toISOString().slice(11)}, not midnight!`);
    }
    case "enumeration":
      return ofChoices(definition, text);
    case "string":
      if (text.length > longestText) return no(name, "PROPERTY_VALUE_TOO_LONG", `Property value ${text} is too long`);
      return name === "email" && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]+$/.test(text)
        ? no(name, "INVALID_EMAIL", `Email address ${text} is invalid`)
        : { value: text };
  }
}

function ofChoices({ name, fieldType, options, externalOptions }: PropertyDefinition, text: string): StoredValue {
  if (externalOptions) return { value: text };
  const values = fieldType === "checkbox" ? text.split(";").filter(Boolean) : [text];
  const wrong = values.find((value) => !options.some((option) => option.value === value));
  if (wrong === undefined) return { value: values.join(";") };
  const allowed = options.map(({ value }) => value).join(", ");
  return no(name, "INVALID_OPTION", `${wrong} was not one of the allowed options: [${allowed}]`);
}

function no(name: string, error: string, message: string): StoredValue {
  return { problem: { name, error, message } };
}

function plain(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Milliseconds of an ISO 8601 date or time, or of a text of milliseconds; `undefined` for anything else. */
export function instantOf(text: string): number | undefined {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return undefined;
  const instant = Date.parse(text.length === 10 || /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** HubSpot leaves out a fraction of nothing. */
function told(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
