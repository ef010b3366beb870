import type { CrmField, CrmFieldType } from "@cosell/connector";
import { z } from "zod";
import type { StageChoices } from "./stages.ts";

/** One choice. Records hold the id; mappings and people say the label. */
export interface FieldOption {
  readonly id: number | string;
  readonly label: string;
  readonly active: boolean;
}

/** One field as a mapping names it. */
export interface Field {
  /** What mappings say: Pipedrive's own word, or the name of a custom field in lower case with `_` between the words. */
  readonly name: string;
  readonly label: string;
  /** Where Pipedrive keeps it: a word, or 40 hexadecimal digits. */
  readonly code: string;
  readonly custom: boolean;
  readonly type: CrmFieldType;
  /** Which part of a composite value: `value` is the value itself, `primary` the first of a list, `standing` where a deal stands. */
  readonly part: string;
  /** The value in Pipedrive is an object with `value` and other parts. */
  readonly composite: boolean;
  readonly length?: number;
  readonly required: boolean;
  readonly writable: boolean;
  readonly options?: readonly FieldOption[];
}

/** A field as the fields API of version 2 tells it. */
export const rawField = z.object({
  field_name: z.string(),
  field_code: z.string(),
  field_type: z.string(),
  is_custom_field: z.boolean(),
  is_writable: z.boolean().optional(),
  options: z.array(z.object({ id: z.union([z.number(), z.string(), z.boolean()]), label: z.string() })).nullish(),
  subfields: z.array(z.object({ field_code: z.string() })).nullish(),
});

export type RawField = z.output<typeof rawField>;

/** The fields of an object. @param title the text that a new record needs */
export function fieldsOf(raw: readonly RawField[], title: string, choices?: StageChoices): readonly Field[] {
  const names = namesOf(raw);
  return raw.flatMap((field, index) => {
    const name = names[index] ?? field.field_code;
    const made = partsOf(field, name, field.field_code === title);
    if (!choices || field.is_custom_field) return made;
    if (field.field_code === "stage_id") return [...made, choice(field, "stage", "standing", choices.stages)];
    return field.field_code === "pipeline_id" ? [...made, choice(field, "pipeline", "value", choices.pipelines)] : made;
  });
}

/** How mappings call each field. Where two would have one name, both go by their keys. */
function namesOf(raw: readonly RawField[]): readonly string[] {
  const wanted = raw.map(({ field_code, field_name, is_custom_field }) =>
    is_custom_field ? nameFrom(field_name) : field_code,
  );
  return raw.map(({ field_code, is_custom_field }, index) => {
    const name = wanted[index] ?? "";
    const isAlone = wanted.filter((other) => other === name).length === 1 && !derived.has(name) && name !== "";
    return is_custom_field && !isAlone ? field_code : name;
  });
}

/** Names that stand for something else already. */
const derived: ReadonlySet<string> = new Set([
  "stage",
  "pipeline",
  "email",
  "phone",
  "organization",
  "person",
  "owner",
]);

/** `AWS Co-Sell` is called `aws_co_sell`. */
export function nameFrom(label: string): string {
  return label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

function partsOf(raw: RawField, name: string, required: boolean): readonly Field[] {
  const { field_code: code, field_name: label, is_custom_field: custom, field_type: kind } = raw;
  const writable = raw.is_writable ?? (custom || writableOwn.has(code));
  const base = { code, label, custom, writable, required, composite: false, part: "value" };
  const list = { emails: ["email", "email"], phones: ["phone", "phone"] }[custom ? "" : code] as
    readonly [string, CrmFieldType] | undefined;
  if (list) return [{ ...base, name: list[0], type: list[1], part: "primary", writable: false }];
  if (kind === "enum" || kind === "set" || kind === "status")
    return [{ ...base, name, type: kind === "set" ? "multipicklist" : "picklist", options: optionsOf(raw) }];
  const composite = kind === "address" || (custom && compositeKinds.has(kind));
  const length = lengths[kind];
  const whole: Field = {
    ...{ ...base, name, composite, type: ownType(raw) ?? fieldTypes[kind] ?? "other" },
    ...(length !== undefined && { length }),
  };
  if (!composite) return [whole];
  const subfields = raw.subfields?.map(({ field_code }) => field_code) ?? [];
  const parts = subfields
    .filter((part) => part !== "value")
    .map((part): Field => ({
      ...{
        ...base,
        name: `${name}_${part}`,
        label: `${label}: ${part}`,
        part,
        composite,
        type: "string",
        required: false,
      },
      // An amount's currency goes with the amount; parts of an address follow from its text.
      writable: writable && kind === "monetary",
    }));
  return [whole, ...parts];
}

/** Pipedrive's own fields that are more than their type says. */
function ownType({ field_code: code, field_type: kind, is_custom_field: custom }: RawField): CrmFieldType | undefined {
  if (custom) return undefined;
  if (code === "id") return "id";
  return kind === "date" && code.endsWith("_time") ? "datetime" : undefined;
}

/** A choice that stands beside the field with the ids. */
function choice(raw: RawField, name: string, part: "value" | "standing", options: readonly FieldOption[]): Field {
  const { field_name: label, field_code: code } = raw;
  const base = { custom: false, part, composite: false, required: false };
  return { ...base, name, label, code, type: "picklist", writable: name === "stage", options };
}

/** Words as ids (`open`) are what the API and people say; numbers stand for labels. Of two equal labels the second carries its id. */
function optionsOf({ options }: RawField): readonly FieldOption[] {
  const used = new Set<string>();
  return (options ?? []).flatMap(({ id, label }): FieldOption[] => {
    if (typeof id === "boolean") return [];
    const plain = typeof id === "string" ? id : label;
    const known = used.has(plain) ? `${plain} (${id})` : plain;
    used.add(known);
    return [{ id, label: known, active: true }];
  });
}

/** A field in the contract's words. */
export function schemaField({ name, label, type, length, required, writable, options }: Field): CrmField {
  return {
    ...{ name, label, type },
    ...(length !== undefined && { length }),
    ...{ required, creatable: writable, updatable: writable },
    ...(options && {
      picklist: options.map((option) => ({ value: option.label, label: option.label, active: option.active })),
      restricted: true,
    }),
  };
}

/** Pipedrive's field types (Pipedrive, "Custom fields", and the fields API) and the contract's. */
const fieldTypes: Readonly<Record<string, CrmFieldType>> = {
  int: "integer",
  double: "decimal",
  boolean: "boolean",
  varchar: "string",
  varchar_auto: "string",
  varchar_options: "text",
  text: "text",
  phone: "phone",
  date: "date",
  daterange: "date",
  time: "text",
  timerange: "text",
  address: "text",
  monetary: "currency",
  stage: "integer",
  org: "reference",
  people: "reference",
  user: "reference",
  deal: "reference",
};

const compositeKinds: ReadonlySet<string> = new Set(["monetary", "daterange", "time", "timerange"]);

/** Longest texts, in characters (Pipedrive, "Custom fields"). */
const lengths: Readonly<Record<string, number>> = { varchar: 255, varchar_auto: 255, text: 65_000, phone: 255 };

/** Pipedrive's own fields that an update may name (the client's `Update…Request` types). */
const writableOwn: ReadonlySet<string> = new Set([
  ...[
    "title",
    "name",
    "owner_id",
    "person_id",
    "org_id",
    "pipeline_id",
    "stage_id",
    "value",
    "currency",
    "is_archived",
  ],
  ...["archive_time", "status", "probability", "lost_reason", "visible_to", "close_time", "won_time", "lost_time"],
  ...["expected_close_date", "label_ids", "job_title", "address", "website", "linkedin", "industry", "annual_revenue"],
  "employee_count",
]);

const userField = (name: string, label: string, type: CrmFieldType): Field => ({
  ...{
    name,
    label,
    type,
    code: name,
    custom: false,
    part: "value",
    composite: false,
    required: false,
    writable: false,
  },
});

/** Users, who have no fields API. */
export const userFields: readonly Field[] = [
  userField("id", "ID", "id"),
  userField("name", "Name", "string"),
  userField("first_name", "First name", "string"),
  userField("last_name", "Last name", "string"),
  userField("email", "Email", "email"),
  userField("phone", "Phone", "phone"),
  userField("is_active", "Active", "boolean"),
];
