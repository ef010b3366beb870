import type { Report } from "../finding.ts";
import { suggest } from "../suggest.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

/** Sections whose entries an overlay replaces one by one. Of tables it replaces rows, which is the matter of whoever reads them. */
const sections: readonly string[] = ["outbound", "inbound", "authority", "leftOut", "tables"];

type TreeMap = Extract<Tree, { kind: "map" }>;

/**
 * Lays an overlay over the mapping that it extends: an entry replaces the base's in its place, `null` removes it, and a
 * new one comes last. Every word keeps the file and the line in which it stands.
 */
export function layOver(base: Tree, overlay: TreeMap, report: Report): Tree {
  if (base.kind !== "map") return base;
  const over = overlay.entries.filter(({ key }) => key !== "extends");
  const entries = merge(base.entries, over, (below, above) => laySection(below, above, report));
  return { ...overlay, entries: withoutMappedReasons(entries, over) };
}

function laySection(below: Entry, above: Entry, report: Report): Entry {
  if (!sections.includes(above.key) || below.value.kind !== "map" || above.value.kind !== "map") return above;
  for (const { key, at, value } of above.value.entries)
    if (isNull(value) && !below.value.entries.some((entry) => entry.key === key))
      report(at, {
        severity: "warning",
        code: "nothing-to-remove",
        message: `The mapping that this one extends has no "${key}" under ${above.key}.`,
        suggestion: suggest(
          key,
          below.value.entries.map((entry) => entry.key),
        ),
      });
  const merged = merge(
    below.value.entries,
    above.value.entries,
    above.key === "tables" ? layTable : (_, entry) => entry,
  );
  return { ...above, value: { ...above.value, entries: merged.filter(({ value }) => !isNull(value)) } };
}

function layTable(below: Entry, above: Entry): Entry {
  if (isNull(above.value)) return above;
  return { ...above, value: { kind: "laid-over", base: below.value, over: above.value, at: above.value.at } };
}

/** Entries in the base's order, what is new behind them. */
function merge(
  base: readonly Entry[],
  over: readonly Entry[],
  lay: (below: Entry, above: Entry) => Entry,
): readonly Entry[] {
  const above = new Map(over.map((entry) => [entry.key, entry]));
  const below = new Set(base.map(({ key }) => key));
  return [
    ...base.map((entry) => {
      const replacement = above.get(entry.key);
      return replacement === undefined ? entry : lay(entry, replacement);
    }),
    ...over.filter(({ key }) => !below.has(key)),
  ];
}

/** The base's reason for leaving a target out falls when the overlay maps the target. */
function withoutMappedReasons(entries: readonly Entry[], over: readonly Entry[]): readonly Entry[] {
  const written = (section: string) => entriesOf(over.find(({ key }) => key === section)?.value);
  const mapped = new Set(written("outbound").map(({ key }) => key));
  const ownReasons = new Set(written("leftOut").map(({ key }) => key));
  return entries.map((entry) => {
    if (entry.key !== "leftOut" || entry.value.kind !== "map") return entry;
    const reasons = entry.value.entries.filter(({ key }) => !mapped.has(key) || ownReasons.has(key));
    return { ...entry, value: { ...entry.value, entries: reasons } };
  });
}

function entriesOf(tree: Tree | undefined): readonly Entry[] {
  return tree?.kind === "map" ? tree.entries.filter(({ value }) => !isNull(value)) : [];
}

/** Is it a written `null`? Nothing at all is a slip, and removes nothing. */
export function isNull(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === null && tree.text !== "";
}
