import type { MappingDocument, Word } from "../document.ts";
import type { Report } from "../finding.ts";
import type { Position } from "../mapping.ts";
import { readCondition } from "./read-condition.ts";
import { readRules } from "./read-rule.ts";
import { readTable, type Resolve } from "./read-table.ts";
import { isPath, readChoice, readMap, readWord } from "./reader.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

const known = ["version", "id", "crm", "match", "link", "tables", "outbound", "inbound", "leftOut", "authority"];
const authorities = ["crm", "aws", "ask"] as const;

/** Reads the whole file. `undefined` when a part is missing without which nothing else makes sense. */
export function readDocument(tree: Tree, report: Report, resolve: Resolve | undefined): MappingDocument | undefined {
  const keys = readMap(tree, { what: "A mapping", known, report });
  if (keys === undefined) return undefined;
  const value = (key: string): Tree | undefined => keys.get(key)?.value;
  const version = value("version");
  if (version === undefined || version.kind !== "scalar" || version.value !== 1)
    report(version?.at ?? tree.at, {
      code: "unknown-version",
      message: "A mapping begins with version: 1, the edition of the language that it is written in.",
    });
  const id = member(keys, tree.at, "id", report);
  const crm = members(value("crm"), tree.at, { key: "crm", known: ["connector", "object"], report });
  const link = members(value("link"), tree.at, { key: "link", known: ["opportunityId"], report });
  const [match, tables, outbound, inbound] = ["match", "tables", "outbound", "inbound"].map(value);
  const condition = match && readCondition(match, report);
  const leftOut = readLeftOut(keys.get("leftOut"), report);
  const context = { report, resolve, reading: [] };
  const document = {
    file: tree.at.file,
    version: 1 as const,
    tables: entriesOf(tables, "tables", report).map((entry) => readTable(entry, context)),
    outbound: outbound ? readRules(outbound, "outbound", report) : [],
    inbound: inbound ? readRules(inbound, "inbound", report) : [],
    authority: readAuthority(value("authority"), report),
    ...(condition && { match: condition }),
    ...(leftOut && { leftOut }),
  };
  const [connector, object] = [crm.get("connector"), crm.get("object")];
  const opportunityId = link.get("opportunityId");
  if (id === undefined || connector === undefined || object === undefined || opportunityId === undefined)
    return undefined;
  return { ...document, id: id.text, crm: { connector, object }, link: { opportunityId } };
}

function member(keys: ReadonlyMap<string, Entry>, at: Position, key: string, report: Report): Word | undefined {
  const entry = keys.get(key);
  if (entry !== undefined) return readWord(entry.value, key, report);
  report(at, { code: "missing-key", message: `"${key}" is missing.` });
  return undefined;
}

function members(
  tree: Tree | undefined,
  at: Position,
  options: { readonly key: string; readonly known: readonly string[]; readonly report: Report },
): ReadonlyMap<string, Word> {
  const { key: what, known, report } = options;
  if (tree === undefined) {
    report(at, { code: "missing-key", message: `"${what}" is missing: ${what}: { ${known.join(": …, ")}: … }.` });
    return new Map();
  }
  const keys = readMap(tree, { what, known, report });
  if (keys === undefined) return new Map();
  return new Map(
    known.flatMap((key) => {
      const word = member(keys, tree.at, key, report);
      return word === undefined ? [] : [[key, word] as const];
    }),
  );
}

function entriesOf(tree: Tree | undefined, what: string, report: Report): readonly Entry[] {
  return tree === undefined ? [] : [...(readMap(tree, { what, report })?.values() ?? [])];
}

function readLeftOut(section: Entry | undefined, report: Report): MappingDocument["leftOut"] {
  if (section === undefined) return undefined;
  const entries = entriesOf(section.value, "leftOut", report).flatMap(({ key, at, value }) => {
    const reason = readWord(value, `The reason for leaving out ${key}`, report);
    return reason === undefined ? [] : [{ path: { text: key, at }, reason: reason.text }];
  });
  return { at: section.at, entries };
}

function readAuthority(tree: Tree | undefined, report: Report): MappingDocument["authority"] {
  const entries = entriesOf(tree, "authority", report).flatMap(({ key, at, value }) => {
    const authority = readChoice(value, { what: `The authority over ${key}`, choices: authorities, report });
    if (authority === undefined || isPath(key)) return authority ? [{ path: { text: key, at }, authority }] : [];
    report(at, { code: "bad-path", message: `"${key}" is not a path such as LifeCycle.Stage.` });
    return [];
  });
  return {
    default: entries.find(({ path }) => path.text === "default")?.authority ?? "crm",
    entries: entries.filter(({ path }) => path.text !== "default"),
  };
}
