import type { JsonValue } from "@cosell/connector";
import type { Literal, Table } from "../document.ts";
import { Problem } from "../problem.ts";
import { suggest } from "../suggest.ts";
import { inverseOf } from "../table-inverse.ts";
import type { Destination, Literally, Lookup } from "./context.ts";
import { eachItem } from "./each-item.ts";
import { type Outcome, reportProblem, type Run, type Site } from "./run.ts";

/** A table from CRM values to the target's. `literal` turns a row's value into what the target takes. */
export function compileOutboundLookup(table: Table, destination: Destination, literal: Literally): Lookup {
  const rows = new Map(table.outbound.map(({ from, to }) => [from.text, literal(to, destination)]));
  const { otherwise } = table;
  const { site } = destination;
  switch (otherwise.kind) {
    case "value": {
      const fallback = literal(otherwise.value, destination);
      return lookup(site, (text) => rows.get(text) ?? fallback);
    }
    case "omit":
      return lookup(site, (text, run) => rows.get(text) ?? omit(run));
    case "error":
      return lookup(
        site,
        (text, run, index) => rows.get(text) ?? reportProblem(run, site, miss(table, rows, text), text, index),
      );
  }
}

/**
 * A table from the target's values back to the CRM's. A written inverse lists the only values that come back: for
 * others the rule has nothing to say. In a derived one a value that no row gives is a miss, except what the outbound
 * policy itself fills in.
 */
export function compileInboundLookup(table: Table, { site }: Destination): Lookup {
  const rows = new Map(inverseOf(table).map(({ from, to }) => [from.text, plainValue(to)]));
  const silent = table.inbound !== undefined || table.otherwise.kind === "omit";
  const filledIn = table.otherwise.kind === "value" ? table.otherwise.value.text : undefined;
  return lookup(site, (text, run, index) => {
    const found = rows.get(text);
    if (found !== undefined) return found;
    return silent || text === filledIn ? omit(run) : reportProblem(run, site, miss(table, rows, text), text, index);
  });
}

/** A row's value where no model says its type: a number only when it is written as numbers are. */
export function plainValue({ text, value }: Literal): JsonValue {
  return typeof value === "number" && String(value) !== text ? text : value;
}

type Find = (text: string, run: Run, index: number | undefined) => Outcome;

function lookup(site: Site, find: Find): Lookup {
  return eachItem((value, run, index) =>
    typeof value === "object"
      ? reportProblem(run, site, new Problem("wrong-type", "is not one value but several"), value, index)
      : find(String(value), run, index),
  );
}

/** Leaves the value out, on purpose. */
function omit(run: Run): Outcome {
  run.omitted = true;
  return undefined;
}

function miss(table: Table, rows: ReadonlyMap<string, JsonValue>, text: string): Problem {
  const { file, line } = table.name.at;
  return new Problem(
    "not-in-table",
    `is not in the table ${table.name.text}: add a row at ${file}:${line}, or correct it in the CRM`,
    suggest(text, rows.keys()),
  );
}
