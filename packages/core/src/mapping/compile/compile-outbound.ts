import type { JsonObject, JsonValue } from "@cosell/connector";
import type { MappingDocument, Rule } from "../document.ts";
import type { OutboundResult } from "../mapping.ts";
import { assemble, layOut } from "./assemble.ts";
import { compileCondition } from "./compile-condition.ts";
import { compileRead } from "./compile-path.ts";
import { compileRule } from "./compile-rule.ts";
import type { Context, Destination } from "./context.ts";
import { destinationOf } from "./destination.ts";
import { type Evaluate, failed, startRun } from "./run.ts";

const root = { name: "", modelPath: "" };

/** The first member of targets that go by calls of their own. */
const relatedMember = "RelatedEntityIdentifiers";
const ownCalls = [relatedMember, "Assignee", "Submission"] as const;

/** Makes the outbound half ready: from a record to what the target shall hold. */
export function compileOutbound(
  rules: MappingDocument["outbound"],
  context: Omit<Context, "targetAbove">,
): (record: JsonObject) => OutboundResult {
  const above = new Map<string, number>();
  const whole: Context = { ...context, targetAbove: (path) => readAbove(path, above) };
  const destinations: Destination[] = [];
  const compiled = rules.map((rule, slot) => {
    const destination = destinationOf(rule, root, whole);
    destinations.push(destination);
    const related = rule.target.text.startsWith(`${relatedMember}.`);
    const evaluate = related ? compileRelated(rule, destination, whole) : compileRule(rule, destination, whole);
    above.set(rule.target.text, slot);
    return evaluate;
  });
  const layout = layOut(destinations, root, whole);
  const members = layout.members.filter(({ name }) => !ownCalls.some((own) => own === name));
  const payloadLayout = { ...layout, members };
  const [relatedLayout, assigneeLayout, submissionLayout] = ownCalls.map((own) => ({
    ...layout,
    members: layout.members.filter(({ name }) => name === own),
  }));

  return (record) => {
    const run = startRun(record);
    const own = (part: typeof relatedLayout, name: string): JsonObject | undefined => {
      if (part === undefined || part.members.length === 0) return undefined;
      const value = assemble(part, run.values, run)?.[name];
      return isObject(value) ? value : undefined;
    };
    for (const evaluate of compiled) run.values.push(evaluate(record, run));
    const payload = assemble(payloadLayout, run.values, run) ?? {};
    const related = own(relatedLayout, relatedMember) as OutboundResult["related"] | undefined;
    const assignee = own(assigneeLayout, "Assignee");
    const submission = own(submissionLayout, "Submission");
    const result = { payload, related: related ?? {}, issues: run.issues, usedSources: run.usedSources };
    return assignee || submission
      ? { ...result, ...(assignee && { assignee }), ...(submission && { submission }) }
      : result;
  };
}

/**
 * A rule for associated entities. Mapped and empty is an empty list: what is associated goes. Where its condition does
 * not hold, the rule says nothing at all.
 */
function compileRelated(rule: Rule, destination: Destination, context: Context): Evaluate {
  const { when, ...body } = rule.body;
  const holds = when && compileCondition(when, context);
  const evaluate = compileRule({ ...rule, body }, destination, context);
  return (item, run) => {
    if (holds?.(item, run) === false) return undefined;
    const value = evaluate(item, run);
    return value === undefined ? [] : value;
  };
}

/** Reads a target that was mapped above: a rule's own, or a member inside what a rule makes. */
function readAbove(path: string, above: ReadonlyMap<string, number>): Evaluate | undefined {
  for (let target = path; target !== ""; target = target.slice(0, Math.max(0, target.lastIndexOf(".")))) {
    const slot = above.get(target);
    if (slot === undefined) continue;
    const read = compileRead(path === target ? [] : path.slice(target.length + 1).split("."));
    return (_item, run) => {
      const value = run.values[slot];
      return value === failed ? failed : read(value);
    };
  }
  return undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
