import type { JsonObject } from "@cosell/connector";
import { valueAt } from "../json-path.ts";
import { type Case, sentBy, unsettledAt } from "./case.ts";
import type { FieldsDecision } from "./decide-fields.ts";
import type { AgreedValue, FieldChange, PlanStep, Unsettled } from "./plan.ts";
import { unready } from "./unready.ts";

/** The update that the outbound values call for, and what of them AWS would refuse. */
export interface UpdateDecision {
  readonly steps: readonly PlanStep[];
  /** The opportunity as it will be. */
  readonly opportunity: JsonObject;
  readonly changes: readonly FieldChange[];
  readonly unsettled: readonly Unsettled[];
  /** The fields' base values, without those that are not sent. */
  readonly agreed: ReadonlyMap<string, AgreedValue>;
}

/**
 * One update for all outbound values that AWS takes together. What it would refuse (a lost deal without its reason, a
 * date in the past) is held with the reason and holds nothing else back. `related`: the associations at that moment.
 */
export function decideUpdate(
  deal: Case,
  fields: FieldsDecision,
  related: Readonly<Record<string, readonly string[]>>,
): UpdateDecision {
  const { observation, target } = deal;
  const current = observation.opportunity ?? {};
  const bodyOf = (paths: readonly string[]): JsonObject =>
    target.updateBody(current, new Map(paths.map((path) => [path, fields.outbound.get(path)])));
  const objections = (paths: readonly string[]): readonly Unsettled[] =>
    paths.length === 0 ? [] : unready(deal, "update", bodyOf(paths), related);
  const all = [...fields.outbound.keys()];
  const refused = objections(all);
  const sent = acceptable(all, (paths) => objections(paths).length);
  const withheld = all.filter((path) => !sent.includes(path));
  const body = bodyOf(sent);
  const why = `held back, since ${target.name} would refuse it: ${refused.map(({ reason }) => reason).join(" ")}`;
  const changes = fields.outboundChanges.filter(({ path }) => sent.includes(path));
  return {
    steps:
      sent.length === 0
        ? []
        : [
            {
              kind: "update",
              opportunityId: observation.opportunityId ?? "",
              body,
              changes,
              cost: { reads: 1, writes: 1 },
            },
          ],
    opportunity: sent.length === 0 ? current : body,
    changes,
    unsettled: [
      ...(withheld.length > 0 ? refused : []),
      ...withheld.map((path) => {
        const values = { crm: fields.outbound.get(path), aws: valueAt(current, path) };
        return unsettledAt(path, "held", "not-ready", why, deal, values);
      }),
    ],
    agreed: new Map([
      ...[...fields.agreed].filter(([path]) => !withheld.includes(path)),
      ...sentBy(changes, fields.agreed),
    ]),
  };
}

/**
 * The values that nothing speaks against. Taken out one by one, always the one whose absence leaves the fewest
 * objections; those that prove harmless are put back.
 */
function acceptable(all: readonly string[], objections: (paths: readonly string[]) => number): readonly string[] {
  let kept = all;
  while (objections(kept) > 0) {
    const [best] = kept
      .map((path) => kept.filter((other) => other !== path))
      .map((paths) => ({ paths, count: objections(paths) }))
      .sort((a, b) => a.count - b.count);
    kept = best?.paths ?? [];
  }
  return all.reduce(
    (sent, path) => (sent.includes(path) || objections([...sent, path]) > 0 ? sent : [...sent, path]),
    kept,
  );
}
