import type { CrmFieldType } from "@cosell/connector";
import { z } from "zod";
import type { Encoding } from "./encoding.ts";

/** What one column holds, where the configuration says so. */
export interface FieldSettings {
  readonly type: CrmFieldType;
  /** The values of a choice. */
  readonly values?: readonly string[] | undefined;
  readonly label?: string | undefined;
  readonly required: boolean;
  /** No two rows may hold the same value. */
  readonly unique: boolean;
  /** Longest text in characters. */
  readonly length?: number | undefined;
}

/** One object: a file with one record a row. */
export interface ObjectSettings {
  /** Name of the file, inside the folder. */
  readonly file: string;
  readonly format: "csv" | "jsonl";
  /** The column that names a record, and never changes. */
  readonly key: string;
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** `escape`: a text that a spreadsheet would take for a formula is written with an apostrophe before it, and read without it. */
  readonly formulas: "escape" | "keep";
  /** What is known of the columns; the others are looked at. */
  readonly fields: Readonly<Record<string, FieldSettings>>;
}

/** A folder of files, checked and completed. */
export interface FileConfig {
  /** Absolute, or from the working directory. */
  readonly folder: string;
  readonly objects: Readonly<Record<string, ObjectSettings>>;
}

const types = [
  "string",
  "text",
  "email",
  "phone",
  "url",
  "integer",
  "decimal",
  "currency",
  "percent",
  "boolean",
  "date",
  "datetime",
  "picklist",
  "multipicklist",
] as const satisfies readonly CrmFieldType[];

const field = z
  .strictObject({
    type: z.enum(types).default("string"),
    values: z.array(z.string().min(1)).min(1).optional(),
    label: z.string().min(1).optional(),
    required: z.boolean().default(false),
    unique: z.boolean().default(false),
    length: z.number().int().positive().optional(),
  })
  .refine(
    ({ type, values }) => (values === undefined) !== type.endsWith("picklist"),
    "a picklist or multipicklist needs values, and nothing else has them",
  );

const object = z
  .strictObject({
    file: z
      .string()
      .regex(/^(?!.*\.\.)[^/\\]+\.\w+$/, "must be the name of a file inside the folder, such as deals.csv"),
    format: z.enum(["csv", "jsonl"]).optional(),
    key: z.string().min(1),
    delimiter: z.string().length(1, 'must be one character, such as ";" or "\\t"').default(","),
    encoding: z.enum(["utf-8", "utf-16le", "windows-1252"]).default("utf-8"),
    formulas: z.enum(["escape", "keep"]).default("keep"),
    fields: z.record(z.string().min(1), field).default({}),
  })
  .transform((given, context): ObjectSettings => {
    const format = given.format ?? formatOf(given.file);
    if (format) return { ...given, format };
    context.addIssue({
      code: "custom",
      path: ["format"],
      message: "must be csv or jsonl: the file's name does not say",
    });
    return z.NEVER;
  });

/** The configuration of one folder, as `cosell.yaml` gives it. */
export const config = z
  .strictObject({ folder: z.string().min(1), objects: z.record(z.string().min(1), object) })
  .refine(({ objects }) => Object.keys(objects).length > 0, {
    path: ["objects"],
    error: "must name at least one object",
  })
  .refine(
    ({ objects }) => {
      const files = Object.values(objects).map(({ file }) => file.toLowerCase());
      return new Set(files).size === files.length;
    },
    { path: ["objects"], error: "must give every object a file of its own" },
  );

function formatOf(file: string): ObjectSettings["format"] | undefined {
  if (/\.(csv|tsv|txt)$/i.test(file)) return "csv";
  return /\.(jsonl|ndjson)$/i.test(file) ? "jsonl" : undefined;
}
