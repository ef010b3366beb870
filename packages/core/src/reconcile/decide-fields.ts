import type { JsonObject, JsonValue } from "@cosell/connector";
import { valueAt } from "../json-path.ts";
import type { CompiledMapping } from "../mapping/mapping.ts";
import {
  type Case,
  caseOf,
  heldByIssue,
  isSensitive,
  issueAt,
  lockOf,
  outboundChange,
  returnRuleOf,
  updatePaths,
} from "./case.ts";
import { decideField } from "./decide-field.ts";
import { inboundSource } from "./decide-mirrors.ts";
import { withUnmappedMembers } from "./list-items.ts";
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
  readonly notes: readonly string[];
}

/**
 * Judges every mapped path. Inbound values come first: what they change in the CRM is laid over the record, so that
 * what follows from them (a stage that needs a reason) is decided in the same plan.
 */
export function decideFields(deal: Case, link: JsonObject): FieldsDecision {
  const inbound = inboundValues(deal, link);
  if (inbound.size === 0) return judge(deal, new Map(), []);
  const fields = Object.fromEntries([...inbound.values()].map(({ path, after }) => [path, after ?? null]));
  const later = caseOf(deal.observation, { ...deal.record, ...fields }, deal);
  return judge(later, inbound, [...inbound.values()]);
}

/** The paths whose value comes from AWS now, with the change of the CRM field behind each. */
function inboundValues(deal: Case, link: JsonObject): ReadonlyMap<string, FieldChange> {
  const source = inboundSource(deal, link);
  const changes = new Map<string, FieldChange>();
  for (const path of updatePaths(deal)) {
    const rule = returnRuleOf(path, deal);
    const decision = rule && decisionFor(path, deal, canReturn(rule, deal, link));
    if (rule === undefined || decision?.kind !== "inbound") continue;
    const result = rule.run(source);
    if (result.kind !== "value") continue;
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

function canReturn(rule: CompiledMapping["inbound"][number], deal: Case, link: JsonObject): boolean {
  if (!deal.writesToCrm) return false;
  const result = rule.run(inboundSource(deal, link));
  if (result.kind !== "value") return false;
  const before = deal.record[rule.field] ?? null;
  return rule.write === "always" || (rule.write === "if-empty" && (before === null || before === ""));
}

function decisionFor(path: string, deal: Case, inbound: boolean): ReturnType<typeof decideField> {
  const { observation, mapping, mapped } = deal;
  const aws = observation.opportunity && valueAt(observation.opportunity, path);
  const base = observation.base.get(path);
  const write = mapping.outbound.get(path)?.write ?? "always";
  const kept = write === "once" ? base !== undefined : write === "if-empty" && !deal.same(path, aws, undefined);
  return decideField({
    crm: valueAt(mapped.payload, path),
    aws,
    base,
    same: (a, b) => deal.same(path, a, b),
    authority: mapping.authorityOf(path),
    lock: lockOf(path, deal),
    outbound: deal.writesToAws && kept ? "kept" : deal.writesToAws,
    inbound,
  });
}

function judge(
  deal: Case,
  inbound: ReadonlyMap<string, FieldChange>,
  inboundChanges: readonly FieldChange[],
): FieldsDecision {
  const { mapped, observation } = deal;
  const outbound = new Map<string, JsonValue | undefined>();
  const outboundChanges: FieldChange[] = [];
  const unsettled: Unsettled[] = [];
  const agreed = new Map<string, AgreedValue>();
  const notes: string[] = [];
  for (const path of updatePaths(deal)) {
    const crm = valueAt(mapped.payload, path);
    const aws = observation.opportunity && valueAt(observation.opportunity, path);
    if (inbound.has(path)) {
      agreed.set(path, { crm, aws });
      continue;
    }
    const issue = issueAt(path, mapped.issues);
    if (issue) {
      unsettled.push(heldByIssue(issue));
      continue;
    }
    const decision = decisionFor(path, deal, false);
    switch (decision.kind) {
      case "unchanged":
      case "inbound":
        break;
      case "agreed":
        agreed.set(path, { crm, aws });
        break;
      case "accept":
        agreed.set(path, { crm, aws });
        notes.push(`${path}: ${decision.why}.`);
        break;
      case "outbound":
        outbound.set(path, withUnmappedMembers(crm, aws, observation.base.get(path)?.crm, path, deal.target));
        outboundChanges.push(outboundChange(path, aws, crm, decision.reason, deal));
        agreed.set(path, { crm, aws: crm });
        break;
      case "deferred":
      case "conflict":
      case "held":
        unsettled.push(unsettledField(path, crm, aws, decision, deal));
    }
  }
  return { outbound, outboundChanges, inboundChanges, unsettled, agreed, notes };
}

function unsettledField(
  path: string,
  crm: JsonValue | undefined,
  aws: JsonValue | undefined,
  decision: { readonly kind: "deferred" | "held"; readonly why: string } | { readonly kind: "conflict" },
  deal: Case,
): Unsettled {
  const origin = deal.mapping.originOf(path);
  const code = { deferred: "locked", held: "direction", conflict: "conflict" }[decision.kind];
  const names = origin?.sources.join(", ") ?? path;
  return {
    path,
    kind: decision.kind,
    code: `${code}:${path}`,
    reason:
      decision.kind === "conflict"
        ? `${names} and ${path} were both changed since they last agreed; a person decides which one stands.`
        : `${names}: ${decision.why}`,
    sources: origin?.sources ?? [],
    rule: origin?.rule,
    detail: { crm: crm ?? null, aws: aws ?? null },
  };
}
