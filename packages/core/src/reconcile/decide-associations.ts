import type { JsonValue } from "@cosell/connector";
import { blocked, type Case, outboundChange } from "./case.ts";
import type { AgreedValue, PlanStep, Unsettled } from "./plan.ts";

/** What the associations, judged entity by entity, call for. */
export interface AssociationDecision {
  /** First what attaches, then what detaches: the last one may be required. */
  readonly steps: readonly PlanStep[];
  readonly unsettled: readonly Unsettled[];
  readonly agreed: ReadonlyMap<string, AgreedValue>;
  /** As they will be. */
  readonly related: Readonly<Record<string, readonly string[]>>;
}

/**
 * Three-way per entity: one that the CRM added is attached, one that it dropped is detached; one that a person attached
 * at AWS stays; one that was detached at AWS comes back only where the CRM has authority.
 */
export function decideAssociations(deal: Case): AssociationDecision {
  const held = deal.reading.related;
  const attach: PlanStep[] = [];
  const detach: PlanStep[] = [];
  const unsettled: Unsettled[] = [];
  const agreed = new Map<string, AgreedValue>();
  const related: Record<string, readonly string[]> = { ...held };
  for (const [entityType, wanted] of Object.entries(deal.mapped.related)) {
    const path = `RelatedEntityIdentifiers.${entityType}`;
    const base = deal.observation.base.get(path);
    const present = new Set(held[entityType] ?? []);
    const before = new Set(identifiers(base?.crm));
    const returns = deal.mapping.authorityOf(path) === "crm";
    const missing = wanted.filter((id) => !present.has(id) && (returns || !before.has(id)));
    const dropped = [...present].filter((id) => before.has(id) && !wanted.includes(id));
    const block = missing.length + dropped.length > 0 && blocked(path, deal, { crm: wanted, aws: [...present] });
    if (block) {
      unsettled.push(block);
      continue;
    }
    const change = (id: string, attached: boolean) =>
      outboundChange(path, attached ? undefined : id, attached ? id : undefined, "changed-in-crm", deal);
    const cost = { reads: 0, writes: 1 };
    for (const id of missing) {
      attach.push({ kind: "associate", entityType, entityId: id, change: change(id, true), cost });
    }
    for (const id of dropped) {
      detach.push({ kind: "disassociate", entityType, entityId: id, change: change(id, false), cost });
    }
    const after = [...present].filter((id) => !dropped.includes(id)).concat(missing);
    related[entityType] = after;
    agreed.set(path, { crm: wanted, aws: after });
  }
  return { steps: [...attach, ...detach], unsettled, agreed, related };
}

function identifiers(list: JsonValue | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((id) => typeof id === "string") : [];
}
