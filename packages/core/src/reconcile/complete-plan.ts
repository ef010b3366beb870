import type { JsonValue } from "@cosell/connector";
import { valueAt } from "../json-path.ts";
import type { Case } from "./case.ts";
import { decideMirrors } from "./decide-mirrors.ts";
import { linkValues } from "./link-values.ts";
import type { Observation } from "./observation.ts";
import type { AgreedValue, CallCost, FieldChange, Plan, PlanStep, Unsettled } from "./plan.ts";

/** What a decision adds to an empty plan. */
export interface PlanParts {
  readonly steps?: readonly PlanStep[];
  readonly unsettled?: readonly Unsettled[];
  readonly agreed?: ReadonlyMap<string, AgreedValue>;
  readonly notes?: readonly string[];
  readonly readBack?: boolean;
  readonly answered?: readonly string[];
}

/** Completes a plan with the one write to the CRM: values from AWS, the id, and what the mirrors show. */
export function withMirrors(
  deal: Case,
  title: string | undefined,
  parts: PlanParts & { readonly inbound?: readonly FieldChange[] },
): Plan {
  const { observation } = deal;
  const unsettled = parts.unsettled ?? [];
  const mirrors = decideMirrors(deal, linkValues(deal, unsettled));
  const changes = [...(parts.inbound ?? []), ...idChange(deal), ...mirrors.changes];
  const agreed = new Map([...(parts.agreed ?? []), ...mirrors.agreed]);
  const write: PlanStep[] =
    changes.length > 0 && deal.writesToCrm
      ? [
          {
            kind: "write-crm",
            fields: Object.fromEntries(changes.map(({ path, after }): [string, JsonValue] => [path, after ?? null])),
            changes,
            cost: { reads: 0, writes: 0 },
          },
        ]
      : [];
  return planOf(observation, title, {
    ...parts,
    steps: [...(parts.steps ?? []), ...write],
    unsettled: distinct([...unsettled, ...mirrors.unsettled]),
    agreed,
  });
}

function idChange({ observation, record, mapping }: Case): readonly FieldChange[] {
  const field = mapping.link.opportunityId;
  const id = observation.opportunityId;
  if (id === undefined || record[field] === id) return [];
  const before = record[field];
  return [{ path: field, before, after: id, reason: "mirror", sources: ["Id"], rule: undefined, sensitive: false }];
}

/** Name for people. */
export function titleOf({ mapped, observation, record }: Case): string | undefined {
  for (const value of [
    valueAt(mapped.payload, "Project.Title"),
    record["Name"],
    observation.opportunity && valueAt(observation.opportunity, "Project.Title"),
  ]) {
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

/** One reason per path and kind, the first one said. */
export function distinct(unsettled: readonly Unsettled[]): readonly Unsettled[] {
  const byKey = new Map<string, Unsettled>();
  for (const one of unsettled) {
    const key = `${one.kind} ${one.path}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

/** The plan that these parts make. */
export function planOf(observation: Observation, title: string | undefined, parts: PlanParts): Plan {
  const steps = parts.steps ?? [];
  const cost = steps.reduce<CallCost>(
    (sum, step) => ({ reads: sum.reads + step.cost.reads, writes: sum.writes + step.cost.writes }),
    { reads: 0, writes: 0 },
  );
  return {
    crmRef: observation.crmRef,
    opportunityId: observation.opportunityId,
    title,
    steps,
    unsettled: parts.unsettled ?? [],
    agreed: parts.agreed ?? new Map<string, AgreedValue>(),
    readBack: parts.readBack === true || steps.some(({ kind }) => kind !== "update" && kind !== "write-crm"),
    answered: parts.answered ?? [],
    notes: parts.notes ?? [],
    cost,
  };
}
