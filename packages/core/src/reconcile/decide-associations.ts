import type { JsonValue } from "@cosell/connector";
import { blocked, type Case, heldByIssue, issueAt, outboundChange, unsettledAt } from "./case.ts";
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

/** Under this member of the opportunity AWS lists what is associated with it, by type. */
const member = "RelatedEntityIdentifiers";

/**
 * Three-way per entity: one that the CRM added is attached, one that it dropped is detached; one that a person attached
 * at AWS stays; one that was detached at AWS comes back only where the CRM has authority. What AWS has no room for is
 * held. `keep` says why nothing may be detached now.
 */
export function decideAssociations(deal: Case, keep?: string): AssociationDecision {
  const held = deal.reading.related;
  const attach: PlanStep[] = [];
  const swap: PlanStep[] = [];
  const detach: PlanStep[] = [];
  const unsettled: Unsettled[] = [];
  const agreed = new Map<string, AgreedValue>();
  const related: Record<string, readonly string[]> = { ...held };
  for (const [entityType, wanted] of Object.entries(deal.mapped.related)) {
    const path = `${member}.${entityType}`;
    const present = held[entityType] ?? [];
    const issue = issueAt(path, deal.mapped.issues);
    if (issue) {
      // What the CRM wants is not wholly known: what is attached stays.
      unsettled.push(heldByIssue(issue));
      continue;
    }
    const values = { crm: wanted, aws: present };
    const { missing, dropped } = differences(wanted, present, deal, path);
    const block = missing.length + dropped.length > 0 && blocked(path, deal, values);
    if (block) {
      unsettled.push(block);
      continue;
    }
    const leaving = keep === undefined ? dropped : [];
    const limit = deal.target.writable.get(path)?.maxItems ?? Infinity;
    const room = Math.max(0, limit - (present.length - leaving.length));
    const coming = missing.slice(0, room);
    const step = (kind: "associate" | "disassociate", id: string): PlanStep => ({
      kind,
      entityType,
      entityId: id,
      change: outboundChange(
        path,
        kind === "associate" ? undefined : id,
        kind === "associate" ? id : undefined,
        "changed-in-crm",
        deal,
      ),
      cost: { reads: 0, writes: 1 },
    });
    // Where AWS is full, as many go first as must make room; one stays where there is more than one place.
    const roomNow = Math.max(0, limit - present.length);
    attach.push(...coming.slice(0, roomNow).map((id) => step("associate", id)));
    const late = coming.slice(roomNow);
    late.forEach((id, index) => {
      const making = leaving[index];
      if (making !== undefined) swap.push(step("disassociate", making));
      swap.push(step("associate", id));
    });
    detach.push(...leaving.slice(late.length).map((id) => step("disassociate", id)));
    const after = present.filter((id) => !leaving.includes(id)).concat(coming);
    related[entityType] = after;
    const surplus = missing.slice(room);
    if (surplus.length > 0) {
      const why = `${deal.target.name} takes ${limit} at most; ${surplus.length} more cannot be attached.`;
      unsettled.push(unsettledAt(path, "held", "limit", why, deal, values));
    }
    const kept = keep === undefined ? [] : dropped;
    if (keep !== undefined && kept.length > 0)
      unsettled.push(unsettledAt(path, "held", "required", keep, deal, values));
    agreed.set(path, { crm: [...wanted.filter((id) => !surplus.includes(id)), ...kept], aws: after });
  }
  return { steps: [...attach, ...swap, ...detach], unsettled, agreed, related };
}

function differences(
  wanted: readonly string[],
  present: readonly string[],
  deal: Case,
  path: string,
): { readonly missing: readonly string[]; readonly dropped: readonly string[] } {
  const before = new Set(identifiers(deal.observation.base.get(path)?.crm));
  const returns = deal.mapping.authorityOf(path) === "crm";
  return {
    missing: [...new Set(wanted)].filter((id) => !present.includes(id) && (returns || !before.has(id))),
    dropped: present.filter((id) => before.has(id) && !wanted.includes(id)),
  };
}

function identifiers(list: JsonValue | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((id) => typeof id === "string") : [];
}
