import { suggest } from "../suggest.ts";
import type { CheckContext } from "./context.ts";
import { isWithin, type Mapped, parentsOf, plainPathsOf } from "./mapped-paths.ts";
import { plainPath } from "./target-fields.ts";

/** Once a mapping says what it leaves out, every target is either mapped or left out for a reason. */
export function checkLeftOut(mapped: readonly Mapped[], { document, target, report }: CheckContext): void {
  const { leftOut } = document;
  if (leftOut === undefined) return;
  const known = new Set(
    [...target.writable.keys()].flatMap((path) => [path, plainPath(path), ...parentsOf(plainPath(path))]),
  );
  const given = plainPathsOf(mapped);
  for (const { path } of leftOut.entries) {
    if (!known.has(path.text))
      report(path.at, {
        code: "unknown-target-field",
        message: `${target.name} has no field "${path.text}".`,
        suggestion: suggest(path.text, known),
      });
    const plain = plainPath(path.text);
    const inside = given.has(plain) ? mapped.find((one) => isWithin(plainPath(one.path), plain)) : undefined;
    if (inside !== undefined)
      report(path.at, {
        code: "mapped-and-left-out",
        message: `${path.text} is left out, but there is a rule for ${plainPath(inside.path)}.`,
      });
  }
  const left = new Set(leftOut.entries.map(({ path }) => plainPath(path.text)));
  for (const leaf of leavesOf([...target.writable.keys()]))
    if (!given.has(leaf) && ![leaf, ...parentsOf(leaf)].some((path) => left.has(path)))
      report(leftOut.at, {
        severity: "warning",
        code: "unmapped-target",
        message: `${leaf} is neither mapped nor left out: add a rule, or a reason under leftOut.`,
      });
}

/** Paths that hold values: not structures, and of a list of values the list itself. */
function leavesOf(paths: readonly string[]): ReadonlySet<string> {
  const plain = new Set(paths.map(plainPath));
  const parents = new Set([...plain].flatMap(parentsOf));
  return new Set([...plain].filter((path) => !parents.has(path)));
}
