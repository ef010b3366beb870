import type { ListItem, Rule, RuleBody, Source, Write } from "../document.ts";
import type { Report } from "../finding.ts";
import { readCondition } from "./read-condition.ts";
import { readSteps } from "./read-steps.ts";
import { readTemplate } from "./read-template.ts";
import { isPath, readChoice, readConstant, readItems, readMap, readPath, readWord } from "./reader.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

const verbs = ["from", "const", "template", "list", "each", "fields", "choose"] as const;
const bodyKeys: readonly string[] = [...verbs, "when", "steps", "table", "default"];
const ruleKeys: readonly string[] = [...bodyKeys, "required", "write"];
const writes: readonly Write[] = ["always", "once", "if-empty"];

/** Reads the rules of `outbound`, `inbound` or `fields`, in their order. */
export function readRules(tree: Tree, what: string, report: Report): readonly Rule[] {
  if (readMap(tree, { what, report }) === undefined || tree.kind !== "map") return [];
  return tree.entries.flatMap((entry) => readRule(entry, report) ?? []);
}

/** Rules of a list's item. When a value is sent is the matter of the whole list. */
function readItemRules(tree: Tree, what: string, report: Report): readonly Rule[] {
  for (const rule of tree.kind === "map" ? tree.entries : [])
    for (const part of rule.value.kind === "map" ? rule.value.entries : [])
      if (part.key === "write")
        report(part.at, {
          code: "misplaced-key",
          message: `"write" does not go inside a list: write it at the list.`,
        });
  return readRules(tree, what, report);
}

function readRule(entry: Entry, report: Report): Rule | undefined {
  if (!isPath(entry.key)) {
    report(entry.at, { code: "bad-path", message: `"${entry.key}" is not a path such as LifeCycle.Stage.` });
    return undefined;
  }
  const what = `The rule for ${entry.key}`;
  const keys = readMap(entry.value, { what, known: ruleKeys, report });
  const body = keys && readBody(keys, entry, what, report);
  if (keys === undefined || body === undefined) return undefined;
  const required = keys.get("required");
  const write = keys.get("write");
  return {
    target: { text: entry.key, at: entry.at },
    body,
    required:
      required !== undefined &&
      readChoice(required.value, { what: "required", choices: ["true", "false"], report }) === "true",
    write: (write && readChoice(write.value, { what: "write", choices: writes, report })) ?? "always",
  };
}

function readBody(
  keys: ReadonlyMap<string, Entry>,
  entry: Pick<Entry, "at">,
  what: string,
  report: Report,
): RuleBody | undefined {
  const source = readSource(keys, entry, what, report);
  if (source === undefined) return undefined;
  const [when, steps, table, fallback] = ["when", "steps", "table", "default"].map((key) => keys.get(key));
  if (source.verb === "list" || source.verb === "each" || source.verb === "fields")
    for (const extra of [steps, table, fallback])
      if (extra !== undefined)
        report(extra.at, {
          code: "misplaced-key",
          message: `"${extra.key}" does not go with "${source.verb}": write it at the fields.`,
        });
  const condition = when && readCondition(when.value, report);
  const tableName = table && readWord(table.value, "table", report);
  const constant = fallback && readConstant(fallback.value, "default", report);
  return {
    at: entry.at,
    source,
    steps: steps === undefined ? [] : readSteps(steps.value, report),
    ...(condition && { when: condition }),
    ...(tableName && { table: tableName }),
    ...(constant && { default: constant }),
  };
}

function readSource(
  keys: ReadonlyMap<string, Entry>,
  entry: Pick<Entry, "at">,
  what: string,
  report: Report,
): Source | undefined {
  const each = keys.get("each");
  const fields = keys.get("fields");
  const present = verbs.filter((verb) => keys.has(verb) && !(verb === "fields" && each !== undefined));
  const [verb, second] = present;
  if (verb === undefined || second !== undefined) {
    // A misspelt verb is reported as an unknown key already.
    const misspelt = verb === undefined && [...keys.keys()].some((key) => !ruleKeys.includes(key));
    if (!misspelt)
      report(entry.at, {
        code: "one-source",
        message: `${what} needs exactly one of: ${verbs.join(", ")}${second === undefined ? "" : ` (it has ${present.join(" and ")})`}.`,
      });
    return undefined;
  }
  const tree = keys.get(verb)?.value;
  if (tree === undefined) return undefined;
  switch (verb) {
    case "from": {
      const paths = readItems(tree).flatMap((item) => readPath(item, "from", report) ?? []);
      return paths.length === 0 ? undefined : { verb, paths };
    }
    case "const": {
      const constant = readConstant(tree, "const", report);
      return constant && { verb, constant };
    }
    case "template": {
      const parts = readTemplate(tree, report);
      return parts && { verb, at: tree.at, parts };
    }
    case "list":
      return { verb, at: tree.at, items: readItems(tree).flatMap((item) => readListItem(item, report) ?? []) };
    case "fields":
      return { verb, at: tree.at, fields: readRules(tree, "fields", report) };
    case "choose":
      return {
        verb,
        at: tree.at,
        options: readItems(tree).flatMap((item) => readOption(item, "An option of choose", report) ?? []),
      };
    case "each": {
      const path = readPath(tree, "each", report);
      if (fields === undefined)
        report(entry.at, {
          code: "one-source",
          message: `${what} has "each" and so needs "fields": what each item becomes.`,
        });
      return path && fields && { verb, path, fields: readItemRules(fields.value, "fields", report) };
    }
  }
}

function readOption(tree: Tree, what: string, report: Report): RuleBody | undefined {
  const keys = readMap(tree, { what, known: bodyKeys, report });
  return keys && readBody(keys, tree, what, report);
}

function readListItem(tree: Tree, report: Report): ListItem | undefined {
  if (tree.kind === "scalar") {
    const constant = readConstant(tree, "An item of list", report);
    return constant && { kind: "value", body: { at: tree.at, source: { verb: "const", constant }, steps: [] } };
  }
  const keys = tree.kind === "map" ? tree.entries.map(({ key }) => key) : [];
  if (keys.includes("fields") && !keys.includes("each")) return readConditionalItem(tree, report);
  // Verbs are lower-case words, the members of the target are not: an item with a verb is one value.
  if (keys.some((key) => bodyKeys.includes(key))) {
    const body = readOption(tree, "An item of list", report);
    return body && { kind: "value", body };
  }
  return { kind: "object", at: tree.at, fields: readItemRules(tree, "An item of list", report) };
}

/** An object of a list that is there under a condition only: `{ when: { … }, fields: { … } }`. */
function readConditionalItem(tree: Tree, report: Report): ListItem | undefined {
  const keys = readMap(tree, { what: "An item of list", known: ["when", "fields"], report });
  const [when, fields] = [keys?.get("when")?.value, keys?.get("fields")?.value];
  const condition = when && readCondition(when, report);
  return (
    fields && {
      kind: "object",
      at: tree.at,
      fields: readItemRules(fields, "fields", report),
      ...(condition && { when: condition }),
    }
  );
}
