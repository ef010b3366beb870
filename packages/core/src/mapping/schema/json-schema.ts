/** The words of JSON Schema (draft-07) that the mapping's schema uses, and four that editors add. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  /** What editors show instead of `description`. */
  readonly markdownDescription?: string;
  /** What editors offer without ruling anything else out. */
  readonly defaultSnippets?: readonly { readonly label: string; readonly description: string; readonly body: string }[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string | number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** What editors say where the value does not fit. */
  readonly errorMessage?: string;
  /** What editors say where the pattern does not fit. */
  readonly patternErrorMessage?: string;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema | false>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** Points to a definition of the same schema. */
export function reference(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** A map with these keys and no other. */
export function closed(properties: Readonly<Record<string, JsonSchema | false>>): JsonSchema {
  return { type: "object", additionalProperties: false, properties };
}

/** The same for every key, with a description of its own. */
export function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Readonly<Record<Key, To>> {
  const entries = Object.entries<From>(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<Key, To>;
}

/** One value or a list of such: wherever a mapping takes a list, a single value counts as a list of one. */
export function oneOrMore(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: "array", items: schema }] };
}
