import type { Position } from "../mapping.ts";
import type { Rule } from "../document.ts";
import { requiredMembers } from "../required-members.ts";
import { suggest } from "../suggest.ts";
import type { CheckContext } from "./context.ts";
import { plainPath } from "./target-fields.ts";

/** A target that a rule gives, by its path in the model. */
interface Mapped {
  readonly path: string;
  readonly at: Position;
}

/** Checks what the rules cover together: nothing twice, nothing required forgotten, nothing left out without a reason. */
export function checkCoverage(context: CheckContext): void {
  const mapped = context.document.outbound.flatMap((rule) => mappedBy(rule, ""));
  checkOverlaps(context);
  checkRequired(mapped, context);
  checkLeftOut(mapped, context);
}

function mappedBy({ target, body }: Rule, within: string): readonly Mapped[] {
  const path = within + target.text;
  const here = { path, at: target.at };
  const { source } = body;
  switch (source.verb) {
    case "fields":
      return [here, ...source.fields.flatMap((rule) => mappedBy(rule, `${path}.`))];
    case "each":
      return [here, ...source.fields.flatMap((rule) => mappedBy(rule, `${path}[].`))];
    case "list":
      return [
        here,
        ...source.items.flatMap((item) =>
          item.kind === "object" ? item.fields.flatMap((rule) => mappedBy(rule, `${path}[].`)) : [],
        ),
      ];
    case "from":
    case "const":
    case "template":
    case "choose":
      return [here];
  }
}

function checkOverlaps({ document, report }: CheckContext): void {
  const targets = document.outbound.map(({ target }) => target);
  for (const [index, { text, at }] of targets.entries()) {
    const other = targets.find(
      (candidate, place) =>
        place !== index && (text.startsWith(`${candidate.text}.`) || (candidate.text === text && place < index)),
    );
    if (other !== undefined)
      report(at, {
        code: "overlapping-targets",
        message: `${text} is mapped by the rule for ${other.text} (line ${other.at.line}) already.`,
      });
  }
}

function checkRequired(mapped: readonly Mapped[], { target, report }: CheckContext): void {
  for (const [within, members] of requiredMembers(target.writable)) {
    const present = mapped.filter(({ path }) => path.startsWith(within));
    const [first] = present;
    if (first === undefined) continue;
    for (const member of members)
      if (
        !present.some(
          ({ path }) =>
            path === within + member ||
            path.startsWith(`${within + member}.`) ||
            path.startsWith(`${within + member}[`),
        )
      )
        report(first.at, {
          code: "required-unmapped",
          message: `${target.name} requires ${plainPath(within)}${member} wherever ${plainPath(within).slice(0, -1)} is given, and no rule maps it.`,
        });
  }
}

function checkLeftOut(mapped: readonly Mapped[], { document, target, report }: CheckContext): void {
  const { leftOut } = document;
  if (leftOut === undefined) return;
  const known = new Set(
    [...target.writable.keys()].flatMap((path) => [path, plainPath(path), ...parentsOf(plainPath(path))]),
  );
  const mappedPaths = new Set(mapped.map(({ path }) => plainPath(path)));
  for (const { path } of leftOut.entries) {
    if (!known.has(path.text))
      report(path.at, {
        code: "unknown-target-field",
        message: `${target.name} has no field "${path.text}".`,
        suggestion: suggest(path.text, known),
      });
    const inside = [...mappedPaths].find((candidate) => isWithin(candidate, plainPath(path.text)));
    if (inside !== undefined)
      report(path.at, {
        code: "mapped-and-left-out",
        message: `${path.text} is left out, but there is a rule for ${inside}.`,
      });
  }
  const left = leftOut.entries.map(({ path }) => plainPath(path.text));
  for (const leaf of leavesOf([...target.writable.keys()]))
    if (!mappedPaths.has(leaf) && !left.some((path) => isWithin(leaf, path)))
      report(leftOut.at, {
        severity: "warning",
        code: "unmapped-target",
        message: `${leaf} is neither mapped nor left out: add a rule, or a reason under leftOut.`,
      });
}

function isWithin(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`);
}

/** Paths that hold values: not structures, and of a list of values the list itself. */
function leavesOf(paths: readonly string[]): ReadonlySet<string> {
  const plain = new Set(paths.map(plainPath));
  const parents = new Set([...plain].flatMap(parentsOf));
  return new Set([...plain].filter((path) => !parents.has(path)));
}

function parentsOf(path: string): readonly string[] {
  const segments = path.split(".");
  return segments.slice(1).map((_segment, index) => segments.slice(0, index + 1).join("."));
}
