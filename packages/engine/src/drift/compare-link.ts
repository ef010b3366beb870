import type { JsonObject, JsonValue } from "@cosell/connector";
import {
  decide,
  type FieldChange,
  type Observation,
  type Plan,
  type SameValue,
  sameValueIn,
  type Unsettled,
  valueAt,
} from "@cosell/core";
import type { Link } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import type { ComparedLink, DriftCause, FieldDifference } from "./drift.ts";

/** What is known of a link beside what both sides hold. */
export interface Standing {
  /** A change is noticed: the next sync looks at it. */
  readonly dirty: boolean;
  readonly failed: boolean;
}

/** Compares one link field by field, as the mapping joins the two sides, and says why each difference is there. Pure. */
export function compareLink(
  link: Link,
  observation: Observation,
  standing: Standing,
  { sync, target }: Pick<EngineOptions, "sync" | "target">,
): ComparedLink {
  const { crm, opportunity } = observation;
  const plan = decide(observation, { mapping: sync.mapping, target });
  const whole = plan.unsettled.find(({ path }) => path === "");
  if (crm.status !== "present" || opportunity === undefined) {
    return { link, differences: whole === undefined ? [] : [wholeDeal(whole)] };
  }
  if (!sync.mapping.matches(crm.record)) return { link, differences: [] };
  const comparison = { observation, plan, standing, same: sameValueIn(target), target, mapping: sync.mapping };
  return {
    link,
    differences: [...sentFields(comparison, crm.record, opportunity), ...shownFields(comparison)],
  };
}

interface Comparison extends Pick<EngineOptions, "target"> {
  readonly observation: Observation;
  readonly plan: Plan;
  readonly standing: Standing;
  readonly same: SameValue;
  readonly mapping: EngineOptions["sync"]["mapping"];
}

/** Fields that the mapping sends: what it would send now against what AWS holds. */
function sentFields(comparison: Comparison, record: JsonObject, opportunity: JsonObject): readonly FieldDifference[] {
  const { mapping, target, same } = comparison;
  const { payload, related } = mapping.run(record);
  const held = target.read(opportunity, undefined).related;
  const updated = [...mapping.outbound.keys()].filter(
    (path) => target.writable.get(path)?.calls.includes("update") === true,
  );
  const pairs: readonly (readonly [string, JsonValue | undefined, JsonValue | undefined])[] = [
    ...updated.map((path) => [path, valueAt(payload, path), valueAt(opportunity, path)] as const),
    ...Object.entries(related).map(
      ([type, ids]) => [`RelatedEntityIdentifiers.${type}`, ids, held[type] ?? []] as const,
    ),
  ];
  return pairs
    .filter(([path, crm, aws]) => !same(path, crm, aws))
    .map(([path, crm, aws]): FieldDifference => {
      const origin = mapping.originOf(path);
      return {
        ...{ path, crm, aws },
        ...causeOf(path, crm, aws, comparison),
        sources: origin?.sources ?? [],
        rule: origin?.rule,
        sensitive: target.writable.get(path)?.sensitive === true,
      };
    });
}

/**
 * Fields of the CRM that only show what AWS holds: those that a sync would write. What stands there of a deal that failed
 * is its failure, as it should.
 */
function shownFields({ plan, standing }: Comparison): readonly FieldDifference[] {
  const changes = plan.steps.flatMap((step) => (step.kind === "write-crm" ? step.changes : []));
  return changes
    .filter(({ reason, sources }) => reason === "mirror" && !(standing.failed && sources.every(isOurs)))
    .map(({ path, before, after, sources, rule, sensitive }: FieldChange) => ({
      ...{ path, crm: before, aws: after, sources, rule, sensitive },
      ...noticed(standing, `The CRM does not show what ${sources.join(", ")} says.`),
    }));
}

function isOurs(path: string): boolean {
  return path.startsWith("Link.");
}

type Cause = Pick<FieldDifference, "cause" | "why">;

function causeOf(
  path: string,
  crm: JsonValue | undefined,
  aws: JsonValue | undefined,
  { plan, observation, standing, same }: Comparison,
): Cause {
  const said = plan.unsettled.find((one) => isAt(one.path, path));
  if (said !== undefined) return { cause: causeBy(said), why: said.reason };
  const base = observation.base.get(path);
  if (base !== undefined && same(path, crm, base.crm) && same(path, aws, base.aws)) {
    return { cause: "accepted", why: "Both values are known and stand until one side changes." };
  }
  const changes = plan.steps.flatMap((step) =>
    "changes" in step ? step.changes : "change" in step ? [step.change] : [],
  );
  const moves = changes.some((change) => change.path === path || change.sources.includes(path));
  if (same(path, crm, undefined) && !moves && base === undefined) {
    return { cause: "unmapped", why: "The mapping gives no value here; AWS keeps what it has." };
  }
  return noticed(standing, "Nothing that Cosell noticed explains it.");
}

/** Is a reason about a path, or about something inside it? */
function isAt(said: string, path: string): boolean {
  return said === path || said.startsWith(`${path}.`) || said.startsWith(`${path}[`);
}

function causeBy({ kind, code }: Unsettled): DriftCause {
  return code.startsWith("paused") ? "paused" : kind;
}

function noticed({ failed, dirty }: Standing, otherwise: string): Cause {
  if (failed) return { cause: "failed", why: "The deal's last sync failed; `cosell failures` tells why." };
  if (dirty) return { cause: "pending", why: "A change is noticed; the next sync judges it." };
  return { cause: "real", why: otherwise };
}

function wholeDeal({ reason, sources, rule, kind }: Unsettled): FieldDifference {
  return { path: "", crm: undefined, aws: undefined, cause: kind, why: reason, sources, rule, sensitive: false };
}
