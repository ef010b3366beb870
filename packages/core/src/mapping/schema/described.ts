import type { Definition } from "./definitions/definition.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A schema with what the language says about the word. Beside a `$ref`, draft-07 ignores it: `allOf` keeps both. */
export function described({ summary }: Definition, schema: JsonSchema): JsonSchema {
  const { $ref, ...rest } = schema;
  const base = $ref === undefined ? rest : { allOf: [{ $ref }] };
  const description = plain(summary);
  return { description, ...(description !== summary && { markdownDescription: summary }), ...base };
}

/** The words of a closed list as a schema, each with its meaning. */
export function choiceOf(definitions: Readonly<Record<string, Definition>>): JsonSchema {
  return {
    oneOf: Object.entries(definitions).map(([name, definition]) => described(definition, { const: name })),
  };
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}
