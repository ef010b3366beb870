import { failureOf } from "@cosell/connector";
import type { FieldState, Link } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { readRecords } from "../read-records.ts";

const code = "merged-deals";

/** The survivor has a call under way that may make an opportunity: nothing moves before its outcome is known. */
export const callPending = "call-pending";

/**
 * A CRM record was merged into another: its link moves to the survivor. Where both have an opportunity nothing moves, since
 * neither can be deleted at AWS: both deals are held until a person has closed one. Returns the link as it is then.
 */
export async function followMerge(link: Link, survivor: string, options: EngineOptions): Promise<Link> {
  const { store, clock, sync } = options;
  if (link.opportunityId === undefined || link.crmRef === survivor) return link;
  await linkWhatItNames(survivor, link, options);
  const entry = {
    at: clock.now(),
    kind: "moved",
    summary: `CRM record ${link.crmRef} was merged into ${survivor}: opportunity ${link.opportunityId} belongs to that one now.`,
    detail: { from: link.crmRef, to: survivor },
  };
  try {
    return await store.moveLink(link.id, survivor, [entry]);
  } catch (error) {
    const failure = failureOf(error);
    // A call of the survivor's that may make an opportunity is waited for.
    if (failure?.kind !== "conflict" || failure.code === callPending) throw error;
    const other = await store.linkByCrmRef(sync.name, survivor);
    if (other !== undefined) await holdBoth(link, other, options);
    return link;
  }
}

/** A survivor whose record names another opportunity, though the state knows of none, has that one: a person linked it by hand. */
async function linkWhatItNames(survivor: string, gone: Link, options: EngineOptions): Promise<void> {
  const { store, clock, sync } = options;
  const field = sync.mapping.link.opportunityId;
  const [read] = await readRecords([survivor], options);
  const opportunityId = read?.status === "found" ? read.record[field] : undefined;
  if (typeof opportunityId !== "string" || opportunityId === "" || opportunityId === gone.opportunityId) return;
  const own = await store.linkByCrmRef(sync.name, survivor);
  // One that belongs to a third record is told of when the survivor is looked at.
  const other = await store.linkByOpportunity(sync.name, opportunityId);
  if (own?.opportunityId !== undefined || other !== undefined) return;
  const summary = `${field} names opportunity ${opportunityId}: linked, nothing was created.`;
  await store.join(sync.name, { crmRef: survivor, opportunityId }, [
    { at: clock.now(), kind: "adopted", summary, detail: { opportunityId } },
  ]);
}

/** The holds of an earlier merge that still stand: while the other deal has its opportunity. */
export async function standingMergeHolds(
  before: readonly FieldState[],
  { store }: EngineOptions,
): Promise<readonly Omit<FieldState, "since">[]> {
  const holds = before.filter((state) => state.code === code);
  const standing = [];
  for (const { path, kind, reason, sources, detail } of holds) {
    const other = typeof detail["link"] === "string" ? await store.link(detail["link"]) : undefined;
    if (other?.opportunityId !== undefined) standing.push({ path, kind, code, reason, sources, detail });
  }
  return standing;
}

/** What is not agreed, with the holds that still stand: a deal is held for one reason at a time. */
export function withMergeHolds(
  states: readonly Omit<FieldState, "since">[],
  holds: readonly Omit<FieldState, "since">[],
): readonly Omit<FieldState, "since">[] {
  if (holds.length === 0) return states;
  return [...holds, ...states.filter(({ path, kind }) => path !== "" || kind !== "held")];
}

async function holdBoth(gone: Link, kept: Link, { store, clock }: EngineOptions): Promise<void> {
  const reason = `CRM record ${gone.crmRef} was merged into ${kept.crmRef}, and each has an opportunity at AWS (${gone.opportunityId ?? ""}, ${kept.opportunityId ?? ""}). Close one of them in Partner Central; nothing was moved.`;
  for (const [link, other] of [
    [gone, kept],
    [kept, gone],
  ] as const) {
    const states = await store.fieldStates(link.id);
    if (states.some((state) => state.code === code && state.detail["link"] === other.id)) continue;
    const hold = { path: "", kind: "held", code, reason, sources: [], detail: { link: other.id } } as const;
    await store.settle(link.id, {
      fieldStates: [...states.filter(({ path, kind }) => path !== "" || kind !== "held"), hold],
      journal: [{ at: clock.now(), kind: "held", summary: reason, detail: { with: other.crmRef } }],
    });
  }
}
