import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { editAtAws, review } from "./story/aws-people.ts";
import { calmEvents } from "./story/call-cost.ts";
import { createDeals } from "./story/cast.ts";
import { compare } from "./story/comparer.ts";
import { pipedriveInStory } from "./story/pipedrive-crm.ts";
import { refer } from "./story/referrals.ts";
import { newStory, opportunitiesByRecord, type Story } from "./story/story.ts";
import { sqliteInStory } from "./story/story-store.ts";
import { startStoryWorld } from "./story/story-world.ts";
import { whatIsTold } from "./story/what-is-told.ts";

// The machine may be slow.
jest.setTimeout(120_000);

const minute = 60_000;
let story: Story;
let deals: readonly string[];
beforeEach(async () => {
  story = newStory(await startStoryWorld({ crm: pipedriveInStory, store: sqliteInStory, seed: 1 }), {
    deals: 4,
    referrals: 12,
  });
  calmEvents(story);
  createDeals(story, 4);
  deals = story.records.map(({ ref }) => ref);
  await sync();
  await sync();
  review(story, "all");
  await sync();
  story.world.clock.advance(minute);
});
afterEach(() => story.world.close());

/** A day's worth of syncs: what is dirty, and what that left. */
async function sync(): Promise<void> {
  for (let time = 0; time < 2; time += 1) {
    story.world.clock.advance(10 * minute);
    await story.world.takeEvents();
    await story.world.sync();
  }
}

const company = () => story.world.emulators.pipedrive.company();
const held = (deal: string) =>
  company()
    .records("deals")
    .find(({ id }) => String(id) === deal);
const own = (deal: string, name: string): unknown => held(deal)?.custom_fields[company().keyOf("deals", name)];
const atAws = (deal: string) => opportunitiesByRecord(story).get(deal);
const linkOf = (deal: string) => story.world.store.linkByCrmRef("opportunities", deal);

describe("a deal in Pipedrive", () => {
  it("is won when AWS launches it, waits with its reason when a seller opens it again, and opens when AWS does", async () => {
    const [, deal = "", lost = ""] = deals;
    editAtAws(story, deal, { "LifeCycle.Stage": "Launched" });
    story.world.crm.edit(lost, { stage: "Closed Lost", lossReason: "Price" });
    await sync();
    expect(held(deal)).toMatchObject({ status: "won" });
    expect(own(deal, "AWS Sync Status")).toBe("In step");
    expect(atAws(lost)).toMatchObject({ LifeCycle: { Stage: "Closed Lost", ClosedLostReason: "Price" } });

    story.world.crm.edit(deal, { stage: "Committed" });
    editAtAws(story, lost, { "LifeCycle.Stage": "Business Validation" });
    await sync();
    expect(held(deal)).toMatchObject({ status: "open" });
    expect((await whatIsTold(story.world.store)).of(deal)).toMatchObject([
      { kind: "deferred", path: "LifeCycle.Stage", reason: expect.stringMatching(/^stage: .*launched/) },
    ]);
    expect(held(lost)).toMatchObject({ status: "open", lost_time: null });
    expect((await compare(story)).problems).toEqual([]);
  });

  it("that is merged into one that nobody had shared leaves it its opportunity, and none is created", async () => {
    const [, loser = "", other = "", winner = ""] = deals;
    const { Id: id } = atAws(loser) ?? {};
    company().edit("deals", Number(winner), { custom_fields: { [company().keyOf("deals", "AWS Co-Sell")]: null } });
    company().merge("deals", Number(loser), Number(winner));
    const count = story.world.emulators.partnerCentral.opportunities().length;
    await sync();
    expect(await linkOf(winner)).toMatchObject({ opportunityId: id, status: "linked" });
    expect(await linkOf(loser)).toBeUndefined();
    expect(await linkOf(other)).toMatchObject({ status: "linked" });
    story.world.crm.edit(winner, { nextSteps: "After the merge" });
    await sync();
    const opportunities = story.world.emulators.partnerCentral.opportunities();
    expect(opportunities).toHaveLength(count);
    expect(opportunities.find(({ Id }) => Id === id)).toMatchObject({ LifeCycle: { NextSteps: "After the merge" } });
    expect((await whatIsTold(story.world.store)).failed).toEqual(new Set());
  });

  it.each(["reset-after-commit", "server-error-after-commit"] as const)(
    "is made once for an invitation, though the answer is lost (%s) and the search does not know of it yet",
    async (kind) => {
      const { pipedrive, faults } = story.world.emulators;
      pipedrive.configure({ searchLagMs: minute });
      const invitations = refer(story, []).map(({ invitation }) => invitation);
      faults.add({ server: pipedrive.name, operation: "deals.create", kind, times: 6 });
      await sync();
      const made = company()
        .records("deals")
        .map(({ id }) => own(String(id), "AWS Invitation Id"))
        .filter((id) => id !== null);
      expect(made.length).toBeGreaterThan(2);
      expect(new Set(made).size).toBe(made.length);
      expect(invitations).toEqual(expect.arrayContaining(made));
    },
  );

  it("that brought another one's opportunity along is told, as long as that one is there", async () => {
    const [, original = "", , copy = ""] = deals;
    const key = company().keyOf("deals", "AWS Opportunity Id");
    company().edit("deals", Number(copy), { custom_fields: { [key]: own(original, "AWS Opportunity Id") } });
    story.world.crm.edit(copy, { shared: true });
    await sync();
    expect(await linkOf(original)).toMatchObject({ status: "linked" });
    expect((await whatIsTold(story.world.store)).of(copy)).toMatchObject([
      { kind: "failed", reason: expect.stringContaining(`which belongs to CRM record ${original}`) },
    ]);
  });
});
