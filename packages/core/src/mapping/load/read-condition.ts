import type { Comparison, Condition } from "../document.ts";
import type { Report } from "../finding.ts";
import { suggest } from "../suggest.ts";
import { isPath, readItems, readLiteral } from "./reader.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

const comparisons: readonly Comparison[] = ["eq", "ne", "in", "notIn", "exists", "gt", "gte", "lt", "lte"];

/** Reads `{ Path: { eq: x }, any: [ … ] }`: everything in it must hold. */
export function readCondition(tree: Tree, report: Report): Condition | undefined {
  if (tree.kind !== "map") {
    report(tree.at, { code: "bad-condition", message: "A condition is written as { Path: { eq: value } }." });
    return undefined;
  }
  const parts = tree.entries.flatMap((entry) => readPart(entry, report));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "all", of: parts };
}

function readPart(entry: Entry, report: Report): readonly Condition[] {
  const { key, value } = entry;
  if (key === "all" || key === "any")
    return [{ kind: key, of: readItems(value).flatMap((item) => readCondition(item, report) ?? []) }];
  if (key === "not") {
    const of = readCondition(value, report);
    return of === undefined ? [] : [{ kind: "not", of }];
  }
  if (!isPath(key)) {
    report(entry.at, { code: "bad-path", message: `"${key}" is not a path such as Account.Name.` });
    return [];
  }
  if (value.kind === "map") return value.entries.flatMap((test) => readTest(entry, test, report));
  report(value.at, {
    code: "bad-condition",
    message: `Say how ${key} is compared, such as { eq: value }. Comparisons: ${comparisons.join(", ")}.`,
  });
  return [];
}

function readTest(subject: Entry, test: Entry, report: Report): readonly Condition[] {
  const comparison = comparisons.find((candidate) => candidate === test.key);
  if (comparison === undefined) {
    report(test.at, {
      code: "unknown-key",
      message: `A condition has no comparison "${test.key}". It may have: ${comparisons.join(", ")}.`,
      suggestion: suggest(test.key, comparisons),
    });
    return [];
  }
  const many = comparison === "in" || comparison === "notIn";
  const operands = (many ? readItems(test.value) : [test.value]).flatMap(
    (item) => readLiteral(item, `The value of ${comparison}`, report) ?? [],
  );
  if (operands.length === 0) return [];
  if (comparison === "exists" && typeof operands[0]?.value !== "boolean")
    report(test.value.at, { code: "bad-condition", message: "exists takes true or false." });
  return [{ kind: "test", path: { text: subject.key, at: subject.at }, comparison, operands }];
}
