import type { JsonObject, JsonValue } from "@cosell/connector";
import { valueAt } from "../json-path.ts";
import type { InboundResult, InboundRule, InboundSource } from "../mapping/mapping.ts";
import {
  type Case,
  caseOf,
  heldByIssue,
  isSensitive,
  issueAt,
  lockOf,
  outboundChange,
  returnRuleOf,
  sentKey,
  unsettledAt,
  updatePaths,
} from "./case.ts";
import { answerFits, decideField, type FieldCase, type FieldDecision } from "./decide-field.ts";
import { inboundSource } from "./decide-mirrors.ts";
import { withUnmappedMembers } from "./list-items.ts";
import { sameCrmValue } from "./canonical.ts";
import type { Observation } from "./observation.ts";
import type { AgreedValue, FieldChange, Unsettled } from "./plan.ts";

/** What the fields of an opportunity, judged one by one, call for. */
export interface FieldsDecision {
  /** Values to lay over the opportunity; `undefined` removes. */
  readonly outbound: ReadonlyMap<string, JsonValue | undefined>;
  readonly outboundChanges: readonly FieldChange[];
  /** Values for CRM fields. */
  readonly inboundChanges: readonly FieldChange[];
  readonly unsettled: readonly Unsettled[];
  readonly agreed: ReadonlyMap<string, AgreedValue>;
  /** Paths whose answers are carried out, or no longer fit. */
  readonly answered: readonly string[];
  readonly notes: readonly string[];
  /** The deal as it will be in the CRM, with the inbound values laid over its record. */
  readonly deal: Case;
}

const nothing: AgreedValue = { crm: undefined, aws: undefined };
const bothChanged = "were both changed since they last agreed; a person decides which one stands.";

/** The paths whose value comes from AWS, each with the change of the CRM field behind it. */
type InboundValues = ReadonlyMap<string, FieldChange>;

/**
 * Judges every mapped path. Inbound values come first: what they change in the CRM is laid over the record, so that
 * what follows from them (a stage that needs a reason) is decided in the same plan.
 */
export function decideFields(deal: Case, link: JsonObject): FieldsDecision {
  const source = inboundSource(deal, link);
  let inbound: InboundValues = new Map();
  let later = deal;
  for (;;) {
    const more = inboundValues(later, inbound, source);
    if (more.size === 0) return judge(later, inbound, source);
    inbound = new Map([...inbound, ...more]);
    const fields = Object.fromEntries([...more.values()].map(({ path, after }) => [path, after ?? null]));
    later = caseOf(deal.observation, { ...later.record, ...fields }, deal);
  }
}

function inboundValues(deal: Case, known: InboundValues, source: InboundSource): InboundValues {
  const changes = new Map<string, FieldChange>();
  for (const path of updatePaths(deal)) {
    const rule = returnRuleOf(path, deal);
    if (rule === undefined || known.has(path)) continue;
    const decision = decideField(fieldCaseOf(path, deal, source));
    const result = rule.run(source);
    if (decision.kind !== "inbound" || result.kind !== "value") continue;
    changes.set(path, {
      path: rule.field,
      before: deal.record[rule.field],
      after: result.value,
      reason: decision.reason,
      sources: rule.paths,
      rule: rule.rule,
      sensitive: isSensitive(path, deal.target),
    });
  }
  return changes;
}

function fieldCaseOf(path: string, deal: Case, source: InboundSource): FieldCase {
  const { observation, mapping, mapped } = deal;
  const aws = observation.opportunity && valueAt(observation.opportunity, path);
  const agreed = observation.base.get(path);
  const dropped = droppedAt(path, deal);
  const crm = valueAt(mapped.payload, path);
  // What AWS did not take was never agreed.
  const base = dropped === undefined ? agreed : { crm: aws, aws };
  const write = mapping.outbound.get(path)?.write ?? "always";
  const kept = write === "once" ? base !== undefined : write === "if-empty" && !deal.same(path, aws, undefined);
  return {
    crm,
    unusable: issueAt(path, mapped.issues) !== undefined,
    aws,
    base,
    notTaken: dropped !== undefined && deal.same(path, crm, dropped.crm),
    same: (a, b) => deal.same(path, a, b),
    authority: mapping.authorityOf(path),
    lock: lockOf(path, deal),
    outbound: deal.writesToAws && kept ? "kept" : deal.writesToAws,
    inbound: wayBack(returnRuleOf(path, deal), deal, source),
    answer: observation.answers?.get(path),
    paused: observation.paused?.has(path) ?? false,
  };
}

/** What the latest update sent for a path, while AWS was not seen to take it. */
function sentOf(path: string, { base }: Observation): AgreedValue | undefined {
  const sent = base.get(sentKey(path));
  return sent?.crm === undefined && sent?.aws === undefined ? undefined : sent;
}

/** What the latest update sent for a path, where AWS still shows what it held before. */
function droppedAt(path: string, { observation, same }: Case): AgreedValue | undefined {
  const sent = sentOf(path, observation);
  const aws = observation.opportunity && valueAt(observation.opportunity, path);
  return sent !== undefined && same(path, aws, sent.aws) ? sent : undefined;
}

function wayBack(rule: InboundRule | undefined, deal: Case, source: InboundSource): FieldCase["inbound"] {
  if (rule === undefined || !deal.writesToCrm) return false;
  const writes = rule.write === "always" || (rule.write === "if-empty" && sameCrmValue(deal.record[rule.field], null));
  if (!writes) return false;
  const takes: Readonly<Record<InboundResult["kind"], FieldCase["inbound"]>> = {
    value: true,
    issue: "no-way-back",
    skip: false,
  };
  return takes[rule.run(source).kind];
}

function judge(deal: Case, inbound: InboundValues, source: InboundSource): FieldsDecision {
  const { mapped, observation, target } = deal;
  const outbound = new Map<string, JsonValue | undefined>();
  const outboundChanges: FieldChange[] = [];
  const unsettled: Unsettled[] = [];
  const agreed = new Map<string, AgreedValue>();
  const notes: string[] = [];
  const answers = judgeAnswers(deal);
  for (const path of updatePaths(deal)) {
    const field = fieldCaseOf(path, deal, source);
    const { crm, aws } = field;
    const dropped = droppedAt(path, deal) !== undefined;
    const forgetSent = (): void => {
      if (sentOf(path, observation) !== undefined) agreed.set(sentKey(path), nothing);
    };
    if (!dropped) forgetSent();
    const change = inbound.get(path);
    if (change !== undefined) {
      agreed.set(path, { crm, aws });
      answers.settle(path, change.reason === "answered");
      continue;
    }
    const decision = decideField(field);
    if (field.paused !== true) answers.settle(path, answerFits(field), decision);
    const issue = issueAt(path, mapped.issues);
    if (issue) {
      unsettled.push(heldByIssue(issue));
      continue;
    }
    switch (decision.kind) {
      case "unchanged":
        if (!dropped || field.paused === true) break;
        agreed.set(path, { crm, aws });
        forgetSent();
        break;
      case "inbound":
        break;
      case "agreed":
        agreed.set(path, { crm, aws });
        forgetSent();
        break;
      case "accept":
        agreed.set(path, { crm, aws });
        forgetSent();
        notes.push(`${path}: ${decision.why}.`);
        break;
      case "outbound": {
        if (crm === undefined && target.alwaysSent.includes(path)) {
          unsettled.push(
            unsettledAt(path, "held", "needed", `${target.name} does not let it be cleared.`, deal, { crm, aws }),
          );
          break;
        }
        const sent = withUnmappedMembers(crm, aws, observation.base.get(path)?.crm, path, target);
        outbound.set(path, sent);
        outboundChanges.push(outboundChange(path, aws, sent, decision.reason, deal));
        agreed.set(path, { crm, aws: sent });
        break;
      }
      case "deferred":
        // As if it had not been sent: it will be, when the lock opens.
        if (dropped) {
          agreed.set(path, { crm: aws, aws });
          forgetSent();
        }
        unsettled.push(unsettledAt(path, "deferred", "locked", decision.why, deal, { crm, aws }));
        break;
      case "held":
        // From now on it is known that both sides differ: what AWS changes later meets what the CRM has changed.
        if (decision.code === "not-taken") agreed.set(path, { crm: aws, aws });
        unsettled.push(
          unsettledAt(path, "held", decision.code, whyHeld(path, decision, deal, source), deal, { crm, aws }),
        );
        break;
      case "conflict":
        unsettled.push(unsettledAt(path, "conflict", "conflict", bothChanged, deal, { crm, aws }));
    }
  }
  return {
    outbound,
    outboundChanges,
    inboundChanges: [...inbound.values()].filter(({ before, after }) => !sameCrmValue(before, after)),
    unsettled,
    agreed,
    answered: answers.answered(),
    notes: [...notes, ...answers.notes],
    deal,
  };
}

function whyHeld(
  path: string,
  { code, why }: Extract<FieldDecision, { kind: "held" }>,
  deal: Case,
  source: InboundSource,
): string {
  const result = code === "no-way-back" ? returnRuleOf(path, deal)?.run(source) : undefined;
  return result?.kind === "issue" ? `${why} ${result.issue.message}` : why;
}

/** Follows what becomes of the answers. One that waits for AWS to unlock its field, or for a pause to end, is kept. */
function judgeAnswers(deal: Case): {
  settle(path: string, fits: boolean, decision?: FieldDecision): void;
  answered(): readonly string[];
  readonly notes: readonly string[];
} {
  const { answers, paused } = deal.observation;
  const done = new Set<string>();
  const notes: string[] = [];
  const forget = (path: string, why: string): void => {
    done.add(path);
    notes.push(`${path}: the choice that was made in its conflict ${why}; it is forgotten.`);
  };
  return {
    settle: (path, fits, decision) => {
      if (answers?.has(path) !== true) return;
      if (!fits) forget(path, "was made for other values than those of now");
      else if (decision?.kind !== "deferred" && decision?.kind !== "held") done.add(path);
    },
    answered: () => {
      const mapped = new Set(updatePaths(deal));
      for (const path of answers?.keys() ?? [])
        if (!mapped.has(path) && paused?.has(path) !== true) forget(path, "is about what is no longer mapped");
      return [...done];
    },
    notes,
  };
}
