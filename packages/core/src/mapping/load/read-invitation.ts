import type { InvitationDocument } from "../document.ts";
import type { Report } from "../finding.ts";
import { readCondition } from "./read-condition.ts";
import { entriesOf, readHead } from "./read-head.ts";
import { readRules } from "./read-rule.ts";
import { readTable } from "./read-table.ts";
import { readMap } from "./reader.ts";
import type { Resolve } from "./resolve.ts";
import type { Tree } from "./yaml-tree.ts";

const known = ["version", "kind", "extends", "id", "crm", "match", "tables", "inbound"];

/** Reads a mapping of `kind: invitation`: which invitations become a record of the CRM, and what the record holds. */
export function readInvitation(
  tree: Tree,
  report: Report,
  resolve: Resolve | undefined,
): InvitationDocument | undefined {
  const keys = readMap(tree, { what: "An invitation mapping", known, report });
  const head = keys && readHead(keys, tree.at, report);
  const [match, tables, inbound] = ["match", "tables", "inbound"].map((key) => keys?.get(key)?.value);
  const condition = match && readCondition(match, report);
  const parts = {
    tables: entriesOf(tables, "tables", report).map((entry) => readTable(entry, { report, resolve, reading: [] })),
    inbound: inbound ? readRules(inbound, "inbound", report) : [],
    ...(condition && { match: condition }),
  };
  return head && { kind: "invitation", file: tree.at.file, version: 1, ...head, ...parts };
}
