import { takeAccessAway } from "./aws-people.ts";
import { createOwner } from "./cast.ts";
import type { Story } from "./story.ts";

const minute = 60_000;

/** Deals that are gone from the CRM, some for good. */
export interface Gone {
  readonly restored: readonly string[];
  readonly forGood: readonly string[];
}

/** Sellers delete deals. */
export function removeDeals(story: Story): Gone {
  const { crm } = story.world;
  const all = story.draw.take(story.calm, story.part(6));
  for (const ref of all) crm.remove(ref);
  const forGood = all.filter((_, index) => index % 2 === 0);
  for (const ref of forGood) story.stopped.set(ref, "its record was deleted");
  return { forGood, restored: all.filter((_, index) => index % 2 === 1) };
}

/** Some were deleted by mistake; they are changed at once. */
export function restoreDeals(story: Story, { restored }: Gone): void {
  const { crm, clock } = story.world;
  for (const ref of restored) {
    crm.restore(ref);
    clock.advance(minute);
    crm.edit(ref, { nextSteps: `Back again, ${story.count()}` });
  }
}

/** A seller leaves, and another takes over. */
export function reassign(story: Story): void {
  const owner = createOwner(story, "max");
  for (const ref of story.draw.take(story.calm, story.part(6))) story.world.crm.assign(ref, owner);
}

/** Customers that the CRM had twice become one, and so do people; deals too where the CRM can. */
export function merge(story: Story): void {
  const { crm } = story.world;
  const pairs = (pool: string[], count: number, join: (winner: string, loser: string) => void): void => {
    for (let pair = 0; pair < count; pair += 1) {
      const [winner, loser] = story.draw.take(pool, 2);
      if (winner === undefined || loser === undefined) return;
      join(winner, loser);
      pool.push(winner);
    }
  };
  pairs(story.accounts, story.part(3), crm.mergeAccounts);
  pairs(story.contacts, story.part(3), crm.mergeContacts);
  const { mergeDeals } = crm;
  if (mergeDeals === undefined) return;
  const [winner, loser] = story.draw.take(story.calm, 2);
  if (winner === undefined || loser === undefined) return;
  story.stopped.set(mergeDeals(winner, loser), "each of the two had an opportunity");
}

/** AWS shows a deal no more, for as long as `meanwhile` takes; its seller goes on. */
export async function losingAccess(story: Story, meanwhile: () => Promise<void>): Promise<void> {
  const [ref] = story.draw.take(story.calm, 1);
  if (ref === undefined) throw new Error(`seed ${story.world.seed}: no deal is left to lose`);
  const giveBack = takeAccessAway(story, ref);
  story.world.crm.edit(ref, { nextSteps: `Is it still there? ${story.count()}` });
  await meanwhile();
  const link = await story.world.store.linkByCrmRef("opportunities", ref);
  if (link?.status !== "lost") throw new Error(`seed ${story.world.seed}: ${ref} is ${link?.status ?? "not linked"}`);
  giveBack();
}

/** Deals that were lost are opened again. */
export async function reopen(story: Story): Promise<void> {
  const lost = (await story.world.crm.facts()).filter(
    ({ sent, opportunityId }) => sent["LifeCycle.Stage"] === "Closed Lost" && opportunityId !== null,
  );
  for (const { ref } of lost.slice(0, story.part(3))) {
    story.world.crm.edit(ref, { stage: "Committed", lossReason: null });
  }
}
