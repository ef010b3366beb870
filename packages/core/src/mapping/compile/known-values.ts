import type { JsonValue } from "@cosell/connector";
import type { RuleBody, Source } from "../document.ts";
import { constantValue } from "./compile-source.ts";
import type { Context, Destination } from "./context.ts";

/** Every value that a rule can give, where it ends in constants or in a table's rows; `undefined` where it may give any. */
export function knownValues(
  body: RuleBody,
  destination: Destination,
  context: Context,
): readonly JsonValue[] | undefined {
  const values =
    body.table === undefined ? ofSource(body, destination, context) : ofTable(body.table.text, destination, context);
  const fallback = body.default && constantValue(body.default, destination, context);
  return fallback === undefined ? values : values && [...values, fallback];
}

function ofSource(
  { source, steps }: { readonly source: Source; readonly steps: RuleBody["steps"] },
  destination: Destination,
  context: Context,
): readonly JsonValue[] | undefined {
  if (steps.length > 0) return undefined;
  if (source.verb === "const") return [constantValue(source.constant, destination, context)];
  if (source.verb !== "choose") return undefined;
  const options = source.options.map((option) => knownValues(option, destination, context));
  return options.every((values) => values !== undefined) ? options.flat() : undefined;
}

function ofTable(name: string, destination: Destination, context: Context): readonly JsonValue[] | undefined {
  const table = context.tables.get(name);
  if (table === undefined) return undefined;
  const { outbound, otherwise } = table;
  const literals = [...outbound.map(({ to }) => to), ...(otherwise.kind === "value" ? [otherwise.value] : [])];
  return literals.map((literal) => context.literal(literal, destination));
}
