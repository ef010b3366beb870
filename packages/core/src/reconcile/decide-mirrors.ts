import type { JsonObject, JsonValue } from "@cosell/connector";
import type { InboundSource } from "../mapping/mapping.ts";
import { type Case, heldByIssue, isPaused, isSensitive, mirrorRules, paused, unsettledAt } from "./case.ts";
import { sameCrmValue } from "./canonical.ts";
import type { AgreedValue, FieldChange, Unsettled } from "./plan.ts";

/** Values for CRM fields that only show what AWS holds. */
export interface MirrorDecision {
  readonly changes: readonly FieldChange[];
  readonly unsettled: readonly Unsettled[];
  readonly agreed: readonly (readonly [string, AgreedValue])[];
}

/** Under this key the base remembers what a mirror field was last given. */
function mirrorKey(field: string): string {
  return `crm:${field}`;
}

/** What the inbound rules read, with what is known of the link now. */
export function inboundSource({ observation }: Case, link: JsonObject): InboundSource {
  const { opportunity, summary } = observation;
  return { opportunity: opportunity ?? {}, ...(summary === undefined ? {} : { summary }), link };
}

/**
 * Mirrors are AWS's to say: a value that differs is written, and the plan shows the one that stood there.
 * Rules that read the summary say nothing while it was not asked for.
 */
export function decideMirrors(deal: Case, link: JsonObject): MirrorDecision {
  const changes: FieldChange[] = [];
  const unsettled: Unsettled[] = [];
  const agreed: [string, AgreedValue][] = [];
  if (!deal.writesToCrm) return { changes, unsettled, agreed };
  const source = inboundSource(deal, link);
  const { opportunity, summary, base } = deal.observation;
  const readable = (path: string): boolean =>
    path.startsWith("Link.") || (path.startsWith("Summary.") ? summary !== undefined : opportunity !== undefined);
  for (const rule of mirrorRules(deal)) {
    if (!rule.paths.every(readable)) continue;
    const result = rule.run(source);
    if (result.kind === "issue") unsettled.push(heldByIssue(result.issue));
    if (result.kind !== "value") continue;
    const before: JsonValue | undefined = deal.record[rule.field];
    const remembered = base.get(mirrorKey(rule.field));
    if (rule.write === "once" && remembered !== undefined) continue;
    if (rule.write === "if-empty" && !sameCrmValue(before, null)) continue;
    const waiting = rule.paths.find((path) => isPaused(path, deal));
    if (waiting !== undefined) {
      if (!sameCrmValue(before, result.value)) unsettled.push(unsettledAt(waiting, "held", "paused", paused, deal));
      continue;
    }
    agreed.push([mirrorKey(rule.field), { crm: result.value, aws: result.value }]);
    if (sameCrmValue(before, result.value)) continue;
    changes.push({
      path: rule.field,
      before,
      after: result.value,
      reason: "mirror",
      sources: rule.paths,
      rule: rule.rule,
      sensitive: rule.paths.some((path) => isSensitive(path, deal.target)),
    });
  }
  return { changes, unsettled, agreed };
}
