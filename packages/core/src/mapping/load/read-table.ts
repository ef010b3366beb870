import type { MissPolicy, Table, TableRow, Word } from "../document.ts";
import type { Report } from "../finding.ts";
import { readChoice, readValue, readMap, readWord } from "./reader.ts";
import { type Entry, readYaml, type Tree } from "./yaml-tree.ts";

/** Finds a file that a mapping names. `undefined` when there is none. */
export type Resolve = (
  reference: string,
  fromFile: string,
) => { readonly file: string; readonly text: string } | undefined;

interface TableContext {
  readonly report: Report;
  readonly resolve: Resolve | undefined;
  /** The files that are being read, to notice a circle. */
  readonly reading: readonly string[];
}

/** What a table says so far; a table that extends another lays its rows over that one's. */
interface TableParts {
  readonly outbound?: readonly TableRow[];
  readonly inbound?: readonly TableRow[];
  readonly otherwise?: MissPolicy;
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

function readParts(tree: Tree, what: string, context: TableContext): TableParts {
  const keys = readMap(tree, { what, known, report: context.report });
  const [base, outbound, inbound, otherwise] = known.map((key) => keys?.get(key)?.value);
  const reference = base && readWord(base, "extends", context.report);
  const parent = reference ? readParent(reference, context) : {};
  const policy = otherwise && readPolicy(otherwise, context.report);
  return {
    ...parent,
    ...(outbound && { outbound: merge(parent.outbound, readRows(outbound, context.report)) }),
    ...(inbound && { inbound: merge(parent.inbound, readRows(inbound, context.report)) }),
    ...(policy && { otherwise: policy }),
  };
}

function readParent(reference: Word, context: TableContext): TableParts {
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

function readRows(tree: Tree, report: Report): readonly TableRow[] {
  const entries = [...(readMap(tree, { what: "A table", report }) ?? new Map<string, Entry>()).values()];
  return entries.flatMap(({ key, at, value }) => {
    const to = readValue(value, `The row "${key}"`, report);
    return to === undefined ? [] : [{ from: { text: key, at }, to }];
  });
}

function merge(base: readonly TableRow[] = [], rows: readonly TableRow[]): readonly TableRow[] {
  const own = new Set(rows.map(({ from }) => from.text));
  return [...base.filter(({ from }) => !own.has(from.text)), ...rows];
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
