import type { JsonObject } from "@cosell/connector";
import type { MappingDocument, Rule } from "../document.ts";
import type { OutboundResult } from "../mapping.ts";
import { assemble, type Branch, layOut } from "./assemble.ts";
import { compileCondition } from "./compile-condition.ts";
import { evaluateAll, type Plan } from "./compile-object.ts";
import { readerOf } from "./compile-path.ts";
import { compileRule } from "./compile-rule.ts";
import type { Context, Destination } from "./context.ts";
import { destinationOf } from "./destination.ts";
import { MappedRecord } from "./mapped-record.ts";
import { type Evaluate, failed, type Run, startRun } from "./run.ts";

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
  const payloadMembers = layout.members.filter(({ name }) => !ownCalls.some((own) => own === name));
  const payloadLayout = { ...layout, members: payloadMembers };
  const [related, assignee, submission] = ownCalls.map((own) => layout.members.find(({ name }) => name === own));

  const plan: Plan = { names: destinations.map(({ name }) => name), evaluate: compiled };

  return (record) => {
    const run = startRun(record, compiled.length);
    evaluateAll(plan, run.values, record, run);
    return new MappedRecord({
      payload: assemble(payloadLayout, run.values, run) ?? {},
      related: (objectAt(related, run) ?? {}) as OutboundResult["related"],
      assignee: objectAt(assignee, run),
      submission: objectAt(submission, run),
      run,
    });
  };
}

/** The object at a first member: made of rules for its members, or by one rule. */
function objectAt(branch: Branch | undefined, run: Run): JsonObject | undefined {
  if (branch === undefined) return undefined;
  const value = branch.slot === undefined ? assemble(branch, run.values, run) : run.values[branch.slot];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
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
    if (value !== undefined) return value;
    run.used = undefined;
    return [];
  };
}

/** Reads a target that was mapped above: a rule's own, or a member inside what a rule makes. */
function readAbove(path: string, above: ReadonlyMap<string, number>): Evaluate | undefined {
  for (let target = path; target !== ""; target = target.slice(0, Math.max(0, target.lastIndexOf(".")))) {
    const slot = above.get(target);
    if (slot === undefined) continue;
    const read = readerOf(path === target ? [] : path.slice(target.length + 1).split("."));
    return (_item, run) => {
      const value = run.values[slot];
      return value === failed ? failed : read(value);
    };
  }
  return undefined;
}
