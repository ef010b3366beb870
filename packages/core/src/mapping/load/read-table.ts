import type { MissPolicy, Table, TableRow } from "../document.ts";
import type { Report } from "../finding.ts";
import { suggest } from "../suggest.ts";
import { isNull } from "./lay-over.ts";
import { entriesOf } from "./read-head.ts";
import { readChoice, readMap, readValue, readWord } from "./reader.ts";
import type { Resolve } from "./resolve.ts";
import { type Entry, readYaml, type Tree } from "./yaml-tree.ts";

interface TableContext {
  readonly report: Report;
  readonly resolve: Resolve | undefined;
  /** The files that are being read, to notice a circle. */
  readonly reading: readonly string[];
}

/** What a table says so far; a table that extends another lays its rows over that one's. */
interface TableParts {
  readonly outbound?: readonly TableRow[] | undefined;
  readonly inbound?: readonly TableRow[] | undefined;
  readonly otherwise?: MissPolicy | undefined;
}

const known = ["extends", "outbound", "inbound", "otherwise"];

/** Reads one entry of `tables`. */
export function readTable(entry: Entry, context: TableContext): Table {
  const parts = readParts(entry.value, `The table ${entry.key}`, context);
  const { outbound, inbound, otherwise } = parts;
  if (outbound === undefined && inbound === undefined)
    context.report(entry.at, {
      code: "empty-table",
      message: `The table ${entry.key} has no rows: write outbound: { from: to }.`,
    });
  if (otherwise === undefined)
    context.report(entry.at, {
      code: "no-miss-policy",
      message: `The table ${entry.key} must say what happens to a value that it does not list: otherwise: error, omit, or { value: … }.`,
    });
  return {
    name: { text: entry.key, at: entry.at },
    outbound: outbound ?? [],
    otherwise: otherwise ?? { kind: "error" },
    ...(inbound && { inbound }),
  };
}

/** Reads a table over what is below it, unless it says what it extends itself. A part that is `null` goes. */
function readParts(tree: Tree, what: string, context: TableContext, below: TableParts = {}): TableParts {
  if (tree.kind === "laid-over") return readParts(tree.over, what, context, readParts(tree.base, what, context, below));
  const { report } = context;
  const keys = readMap(tree, { what, known, report });
  const readPart = <Part>(
    key: keyof TableParts,
    inherited: Part | undefined,
    read: (part: Tree) => Part | undefined,
  ) => {
    const part = keys?.get(key)?.value;
    if (part === undefined) return inherited;
    return isNull(part) ? undefined : read(part);
  };
  const base = keys?.get("extends")?.value;
  const parent = base === undefined ? below : readParent(base, context);
  return {
    outbound: readPart("outbound", parent.outbound, (rows) => layRows(parent.outbound, rows, report)),
    inbound: readPart("inbound", parent.inbound, (rows) => layRows(parent.inbound, rows, report)),
    otherwise: readPart("otherwise", parent.otherwise, (policy) => readPolicy(policy, report) ?? parent.otherwise),
  };
}

function readParent(base: Tree, context: TableContext): TableParts {
  const reference = isNull(base) ? undefined : readWord(base, "extends", context.report);
  if (reference === undefined) return {};
  const found = context.resolve?.(reference.text, reference.at.file);
  if (found === undefined || context.reading.includes(found.file)) {
    const why = found === undefined ? "cannot be found" : "extends itself";
    context.report(reference.at, { code: "bad-extends", message: `The table file ${reference.text} ${why}.` });
    return {};
  }
  const tree = readYaml(found.file, found.text, context.report);
  const reading = [...context.reading, found.file];
  return tree === undefined ? {} : readParts(tree, `The table file ${reference.text}`, { ...context, reading });
}

/** Lays rows over those below: each in the place of the one that it replaces, new ones last; `null` removes one. */
function layRows(below: readonly TableRow[] = [], tree: Tree, report: Report): readonly TableRow[] {
  const rows = new Map(below.map((row) => [row.from.text, row]));
  for (const { key, at, value } of entriesOf(tree, "A table", report)) {
    if (below.length > 0 && isNull(value)) {
      if (!rows.delete(key))
        report(at, {
          severity: "warning",
          code: "nothing-to-remove",
          message: `The table that this one is laid over has no row "${key}".`,
          suggestion: suggest(key, rows.keys()),
        });
      continue;
    }
    const to = readValue(value, `The row "${key}"`, report);
    if (to !== undefined) rows.set(key, { from: { text: key, at }, to });
  }
  return [...rows.values()];
}

function readPolicy(tree: Tree, report: Report): MissPolicy | undefined {
  if (tree.kind !== "map") {
    const kind = readChoice(tree, { what: "otherwise", choices: ["error", "omit"], report });
    return kind && { kind };
  }
  const value = readMap(tree, { what: "otherwise", known: ["value"], report })?.get("value");
  const literal = value && readValue(value.value, "otherwise.value", report);
  return literal && { kind: "value", value: literal };
}
