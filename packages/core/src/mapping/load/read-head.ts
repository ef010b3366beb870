import type { MappingDocument, Word } from "../document.ts";
import type { Report } from "../finding.ts";
import type { Position } from "../mapping.ts";
import { readMap, readWord } from "./reader.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

/** The keys of a file by name. */
export type Keys = ReadonlyMap<string, Entry>;

/** Reads what every mapping begins with: edition, id, and what it is about. Each part that is missing is reported. */
export function readHead(
  keys: Keys,
  at: Position,
  report: Report,
): { readonly id: string; readonly crm: MappingDocument["crm"] } | undefined {
  const version = keys.get("version")?.value;
  if (version === undefined || version.kind !== "scalar" || version.value !== 1)
    report(version?.at ?? at, {
      code: "unknown-version",
      message: "A mapping begins with version: 1, the edition of the language that it is written in.",
    });
  const id = readMember(keys, at, "id", report);
  const crm = readMembers(keys, at, { key: "crm", known: ["connector", "object"], report });
  const [connector, object] = [crm.get("connector"), crm.get("object")];
  return id && connector && object && { id: id.text, crm: { connector, object } };
}

/** Reads a section of which every member is one word and must be there. */
export function readMembers(
  keys: Keys,
  at: Position,
  options: { readonly key: string; readonly known: readonly string[]; readonly report: Report },
): ReadonlyMap<string, Word> {
  const { key: what, known, report } = options;
  const tree = keys.get(what)?.value;
  if (tree === undefined) {
    report(at, { code: "missing-key", message: `"${what}" is missing: ${what}: { ${known.join(": …, ")}: … }.` });
    return new Map();
  }
  const members = readMap(tree, { what, known, report });
  if (members === undefined) return new Map();
  return new Map(
    known.flatMap((key) => {
      const word = readMember(members, tree.at, key, report);
      return word === undefined ? [] : [[key, word] as const];
    }),
  );
}

/** The entries of a section that need not be there. */
export function entriesOf(tree: Tree | undefined, what: string, report: Report): readonly Entry[] {
  return tree === undefined ? [] : [...(readMap(tree, { what, report })?.values() ?? [])];
}

function readMember(keys: Keys, at: Position, key: string, report: Report): Word | undefined {
  const entry = keys.get(key);
  if (entry !== undefined) return readWord(entry.value, key, report);
  report(at, { code: "missing-key", message: `"${key}" is missing.` });
  return undefined;
}
