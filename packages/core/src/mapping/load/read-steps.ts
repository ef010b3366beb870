import type { StepArgument, StepCall } from "../document.ts";
import type { Report } from "../finding.ts";
import { readItems, readLiteral, readPath } from "./reader.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

/** Reads `[lower, { truncate: 255 }, { phone: { country: { from: Path } } }]`. Which steps exist is the checker's matter. */
export function readSteps(tree: Tree, report: Report): readonly StepCall[] {
  return readItems(tree).flatMap((item) => readStep(item, report));
}

function readStep(tree: Tree, report: Report): readonly StepCall[] {
  if (tree.kind === "scalar" && typeof tree.value === "string")
    return [{ name: { text: tree.text, at: tree.at }, arguments: [] }];
  const [entry, ...more] = tree.kind === "map" ? tree.entries : [];
  if (entry === undefined || more.length > 0) {
    report(tree.at, {
      code: "bad-step",
      message: "A step is a name, or { name: argument }; each step is an item of its own.",
    });
    return [];
  }
  return [{ name: { text: entry.key, at: entry.at }, arguments: readArguments(entry, report) }];
}

function readArguments(step: Entry, report: Report): StepCall["arguments"] {
  const { value } = step;
  const unnamed = value.kind !== "map" || (value.entries.length === 1 && value.entries[0]?.key === "from");
  const entries = unnamed ? [{ ...step, key: "value" }] : value.entries;
  return entries.flatMap(({ key, at, value: tree }) => {
    const argument = readArgument(tree, report);
    return argument === undefined ? [] : [{ name: { text: key, at }, argument }];
  });
}

function readArgument(tree: Tree, report: Report): StepArgument | undefined {
  if (tree.kind !== "map") {
    const literal = readLiteral(tree, "A step's argument", report);
    return literal && { kind: "literal", literal };
  }
  const [only, ...more] = tree.entries;
  if (only?.key !== "from" || more.length > 0) {
    report(tree.at, { code: "bad-step", message: "A step's argument is a value, or { from: path }." });
    return undefined;
  }
  const path = readPath(only.value, "from", report);
  return path && { kind: "path", path };
}
