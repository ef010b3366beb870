import type { JsonObject, JsonValue } from "@cosell/connector";
import type { ReadinessIssue, TargetField } from "../../target.ts";
import type { CheckContext } from "./context.ts";
import { isWithin, type Mapped, plainPathsOf } from "./mapped-paths.ts";
import type { OutboundShapes } from "./check-outbound.ts";
import { plainPath, targetFieldsAt } from "./target-fields.ts";

/** The first member of targets that are associated. */
const relatedRoot = "RelatedEntityIdentifiers.";

/** Far away from both: nothing that is asked for depends on when it is asked. */
const today = "2000-01-01";
const someDay = "2100-01-01";

/** What the opportunity holds at one path. */
type Values = ReadonlyMap<string, JsonValue>;

/** A requirement that no rule meets, and where. */
interface Unmet {
  readonly issue: ReadinessIssue;
  /** The targets whose value decides about it, with those of their values that call for it. */
  readonly where: Map<string, string[]>;
}

/**
 * Where a mapping submits deals, some rule must be able to give what the target wants for that. Imagines an opportunity
 * in which every rule gave something, and changes one target at a time to each value that it can have.
 */
export function checkSubmission(mapped: readonly Mapped[], shapes: OutboundShapes, context: CheckContext): void {
  const { document, target, report } = context;
  const submission = document.outbound.find(({ target: { text } }) => isWithin(text, "Submission"));
  if (submission === undefined) return;
  const given = plainPathsOf(mapped);
  const choices = choicesOf(mapped, shapes, context);
  const usual = usualValues(mapped, choices, context);
  const left = document.leftOut?.entries.map(({ path }) => plainPath(path.text)) ?? [];
  for (const { issue, where } of unmet(usual, choices, context).values()) {
    const { path, message } = issue;
    const isMet = issue.code === "missing" ? given.has(path) : choices.get(path)?.isOwn !== true || where.size > 0;
    if (isMet) continue;
    const [decider, ...others] = [...where];
    // What is owed in some cases only may be left out on purpose.
    if (decider !== undefined && left.some((whole) => isWithin(path, whole))) continue;
    const when = decider === undefined || others.length > 0 ? "" : ` where ${describe(decider)}`;
    report(submission.target.at, {
      severity: "warning",
      code: "cannot-be-submitted",
      message: `${target.name} does not take the submission${when}: no rule gives what it wants of ${path}. ${message}`,
    });
  }
}

function describe([path, values]: readonly [string, readonly string[]]): string {
  const [first = "", ...more] = values;
  return `${path} is ${first}${more.length === 0 ? "" : ` or one of ${more.length} other values`}`;
}

interface Choices {
  readonly values: readonly string[];
  /** The mapping itself says that there are no others. */
  readonly isOwn: boolean;
}

/** The targets of which it is known what values they can have. */
function choicesOf(
  mapped: readonly Mapped[],
  shapes: OutboundShapes,
  { target }: CheckContext,
): ReadonlyMap<string, Choices> {
  return new Map(
    mapped.flatMap(({ path }) => {
      const { field } = targetFieldsAt(path, target.writable);
      if (field === undefined || field.type === "list" || path.includes("[]")) return [];
      const shape = shapes.get(path);
      const own = shape?.isClosed === true ? shape.values : undefined;
      const values = own ?? field.values;
      return values === undefined || values.length === 0 ? [] : [[path, { values, isOwn: own !== undefined }] as const];
    }),
  );
}

function usualValues(
  mapped: readonly Mapped[],
  choices: ReadonlyMap<string, Choices>,
  { target }: CheckContext,
): Values {
  return new Map(
    mapped.flatMap(({ path }) => {
      const { field, itemField } = targetFieldsAt(path, target.writable);
      const value = choices.get(path)?.values[0] ?? (field && someValue(field, itemField));
      return path.includes("[]") || value === undefined ? [] : [[path, value] as const];
    }),
  );
}

/** Some value that the field may hold. */
function someValue(field: TargetField, itemField: TargetField | undefined): JsonValue | undefined {
  switch (field.type) {
    case "string":
    case "timestamp":
      return field.values?.[0] ?? (field.format === "date" ? someDay : "1");
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "list":
      return [(itemField && someValue(itemField, undefined)) ?? { Amount: "1" }];
    case "structure":
    case "map":
      return undefined;
  }
}

/** Every requirement that is not met in at least one of the imagined opportunities. */
function unmet(
  usual: Values,
  choices: ReadonlyMap<string, Choices>,
  context: CheckContext,
): ReadonlyMap<string, Unmet> {
  const found = new Map<string, Unmet>();
  const ask = (values: Values) => {
    const keys = new Set<string>();
    for (const issue of issuesOf(values, context)) {
      const key = `${issue.code} ${issue.path}`;
      keys.add(key);
      if (!found.has(key)) found.set(key, { issue, where: new Map() });
    }
    return keys;
  };
  ask(usual);
  for (const [path, { values }] of choices) {
    if (values.length < 2) continue;
    const answers = values.map((value) => ({ value, keys: ask(new Map([...usual, [path, value]])) }));
    for (const [key, { where }] of found) {
      const calling = answers.filter(({ keys }) => keys.has(key)).map(({ value }) => value);
      if (calling.length > 0 && calling.length < values.length) where.set(path, calling);
    }
  }
  return found;
}

function issuesOf(values: Values, { target }: CheckContext): readonly ReadinessIssue[] {
  const related: Record<string, readonly string[]> = {};
  const opportunity: Record<string, JsonValue> = {};
  for (const [path, value] of values)
    if (path.startsWith(relatedRoot)) related[path.slice(relatedRoot.length)] = ["1"];
    else put(opportunity, path.split("."), value);
  return target.readiness({ purpose: "submit", opportunity, related, today });
}

function put(object: Record<string, JsonValue>, segments: readonly string[], value: JsonValue): void {
  const [name = "", ...rest] = segments;
  if (rest.length === 0) {
    object[name] = value;
    return;
  }
  const inner: Record<string, JsonValue> = { ...(object[name] as JsonObject | undefined) };
  put(inner, rest, value);
  object[name] = inner;
}
