import type { MappingDocument } from "../document.ts";
import type { Report } from "../finding.ts";
import { readCondition } from "./read-condition.ts";
import { entriesOf, readHead, readMembers } from "./read-head.ts";
import { readRules } from "./read-rule.ts";
import { readTable } from "./read-table.ts";
import { isPath, readChoice, readMap, readWord } from "./reader.ts";
import type { Resolve } from "./resolve.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

const known = [
  ...["version", "kind", "extends", "id", "crm", "match", "link", "tables"],
  ...["outbound", "inbound", "leftOut", "authority"],
];
const authorities = ["crm", "aws", "ask"] as const;

/** Reads the whole file. `undefined` when a part is missing without which nothing else makes sense. */
export function readDocument(tree: Tree, report: Report, resolve: Resolve | undefined): MappingDocument | undefined {
  const keys = readMap(tree, { what: "A mapping", known, report });
  if (keys === undefined) return undefined;
  const value = (key: string): Tree | undefined => keys.get(key)?.value;
  const head = readHead(keys, tree.at, report);
  const opportunityId = readMembers(keys, tree.at, { key: "link", known: ["opportunityId"], report }).get(
    "opportunityId",
  );
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
  return head && opportunityId && { ...document, ...head, link: { opportunityId } };
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
