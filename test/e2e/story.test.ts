import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { editAtAws } from "./story/aws-people.ts";
import { calmEvents, changeAtAws, costOfSync, settledDeals } from "./story/call-cost.ts";
import { compare } from "./story/comparer.ts";
import { hubspotInStory } from "./story/hubspot-crm.ts";
import { linkedPairs } from "./story/linked-pairs.ts";
import { answer, becomeToday, type PlannedChanges, readPlan, run } from "./story/operator.ts";
import { changedRules, playStory, untilQuiet } from "./story/play-story.ts";
import { pipedriveInStory } from "./story/pipedrive-crm.ts";
import { countsOfReferrals } from "./story/referrals.ts";
import { salesforceInStory } from "./story/salesforce-crm.ts";
import { newStory, type Story, type StorySize } from "./story/story.ts";
import type { StoryCrmKind } from "./story/story-crm.ts";
import { postgresInStory, sqliteInStory, type StoryStoreKind } from "./story/story-store.ts";
import { whatIsTold } from "./story/what-is-told.ts";
import { startStoryWorld } from "./story/story-world.ts";

// The whole of a partner's first months, in one go; the machine may be slow.
jest.setTimeout(600_000);

/** A sync that found nothing: one look at AWS's list of opportunities, one at its invitations. */
const looks = { ListEngagementInvitations: 1, ListOpportunities: 1 };
/** A change of the mapping that concerns every deal, and one field of each. */
const plannedRules = changedRules.toSpliced(1, 0, "  Project.CompetitorName: { const: No Competition }");
const runs: readonly (StorySize & {
  readonly store: StoryStoreKind;
  readonly crm: StoryCrmKind;
  readonly seed: number;
})[] = [
  {
    crm: salesforceInStory,
    store: sqliteInStory,
    deals: Number(process.env["SD"] ?? 300),
    referrals: Number(process.env["SR"] ?? 40),
    seed: Number(process.env["SEED"] ?? 1),
  },
  { crm: salesforceInStory, store: postgresInStory, deals: 60, referrals: 10, seed: 2 },
  { crm: hubspotInStory, store: sqliteInStory, deals: 60, referrals: 10, seed: 3 },
  {
    crm: pipedriveInStory,
    store: sqliteInStory,
    deals: 60,
    referrals: 10,
    seed: Number(process.env["SEED"] ?? 4),
  },
];

describe.each(runs.map((one) => ({ ...one, name: `${one.crm.name}, state in ${one.store.name}` })))(
  "$deals deals and $referrals referrals with $name (seed $seed)",
  ({ crm, store, seed, ...size }) => {
    let story: Story;
    let referralsAsFated: readonly [unknown, unknown];
    beforeAll(async () => {
      story = newStory(await startStoryWorld({ crm, store, seed }), size);
      const referrals = await playStory(story);
      referralsAsFated = await countsOfReferrals(story, referrals);
    });
    afterAll(() => story.world.close());

    it("ends with every field agreed or explained, no double, and no value lost in silence", async () => {
      const { problems, ...counts } = await compare(story);
      expect(problems).toEqual([]);
      expect(counts.pairs).toBeGreaterThan(size.deals * 0.8);
      expect(counts.fieldsAgreed).toBeGreaterThan(counts.pairs * 25);
      expect(counts.fieldsTold).toBeGreaterThan(0);
      expect(story.lost.length).toBeGreaterThanOrEqual(story.part(15));
    });

    it("is judged by somebody who sees a difference: one value in one deal, on either side", async () => {
      const [first = "", second = ""] = await settledDeals(story);
      story.world.crm.edit(first, { nextSteps: "Seen by nobody yet" });
      editAtAws(story, second, { "LifeCycle.NextSteps": "Seen by nobody yet either" });
      const { problems } = await compare(story);
      expect(problems).toEqual(
        [first, second].map((ref) => expect.stringMatching(`^seed ${seed}: ${ref} LifeCycle.NextSteps: `)),
      );
      await costOfSync(story);
      expect((await compare(story)).problems).toEqual([]);
    });

    it("has a record for each referral that was accepted, and for no other", () => {
      const [fated, counted] = referralsAsFated;
      expect(counted).toEqual(fated);
    });

    it("costs two looks when nothing has changed", async () => {
      expect(await costOfSync(story)).toMatchObject({ aws: looks, crmWrites: 0 });
    });

    it("costs one Get and one Update for a changed record, and nothing for the echoes", async () => {
      calmEvents(story);
      const deals = (await settledDeals(story)).slice(0, 20);
      for (const deal of deals) story.world.crm.edit(deal, { monthlySpend: 20_000 + story.count() });
      expect(await costOfSync(story)).toEqual({
        aws: { ...looks, GetOpportunity: deals.length, UpdateOpportunity: deals.length },
        crmWrites: 0,
        marked: 0,
      });
      expect(await costOfSync(story)).toEqual({ aws: looks, crmWrites: 0, marked: 0 });
    });

    it("costs the calls for the solutions that changed, and no update, where nothing else did", async () => {
      const deals = (await settledDeals(story)).slice(0, 3);
      for (const deal of deals) story.world.crm.edit(deal, { solutions: ["S-0001114"] });
      const { aws, crmWrites } = await costOfSync(story);
      expect(crmWrites).toBe(0);
      expect(aws).toMatchObject({ ...looks, AssociateOpportunity: 3 });
      expect(aws).not.toHaveProperty("UpdateOpportunity");
      expect(await costOfSync(story)).toEqual({ aws: looks, crmWrites: 0, marked: 0 });
    });

    it("costs two reads for an event and its share of one write to the CRM, and nothing for what no rule reads", async () => {
      const deals = (await settledDeals(story)).slice(-20);
      for (const deal of deals) story.world.crm.editUnmapped(deal, "Web");
      expect(await costOfSync(story)).toEqual({ aws: looks, crmWrites: 0, marked: 0 });
      changeAtAws(story, deals);
      expect(await costOfSync(story)).toEqual({
        aws: { ...looks, GetOpportunity: deals.length, GetAwsOpportunitySummary: deals.length },
        crmWrites: Math.ceil(deals.length / story.world.crm.writeBatch),
        marked: deals.length,
      });
      expect(await costOfSync(story)).toEqual({ aws: looks, crmWrites: 0, marked: 0 });
    });

    it("is told by `cosell sync --json` with the calls that it cost and the fewest that it could", async () => {
      await becomeToday(story);
      const deals = (await settledDeals(story)).slice(0, 5);
      for (const deal of deals) story.world.crm.edit(deal, { monthlySpend: 30_000 + story.count() });
      story.world.clock.advance(60_000);
      const report = await answer(story, "sync");
      expect(report).toMatchObject({ updated: 5, awsCalls: { reads: 6, writes: 5 }, floor: { reads: 6, writes: 5 } });
    });

    it("shows in `cosell plan` what a change of the mapping would do, field by field, and how long AWS's quota takes", async () => {
      const since = story.world.emulators.requests.last;
      await story.world.remap("planned", plannedRules);
      const { deals, summary } = readPlan(await answer(story, "plan"));
      const competitorName = "Project.CompetitorName";
      // A deal that AWS refused is tried again with a new mapping: all that it lacks.
      const { failed } = await whatIsTold(story.world.store);
      const settled = deals.filter(({ crmRef }) => !failed.has(crmRef));
      const planned = settled.filter(({ atAws }) => atAws.length > 0);
      expect(planned.length).toBeGreaterThan(story.part(150));
      for (const { atAws } of planned) {
        expect(atAws).toEqual([{ path: competitorName, before: null, after: "No Competition" }]);
      }
      const linked = (await linkedPairs(story)).map(([ref]) => ref);
      const told = ({ unsettled }: PlannedChanges): boolean =>
        ["", competitorName].some((path) => unsettled.includes(path));
      const silent = deals.filter((deal) => linked.includes(deal.crmRef) && deal.atAws.length === 0 && !told(deal));
      expect(silent.map(({ crmRef }) => crmRef)).toEqual([]);
      // The CRM is told where AWS does not take it now, and of nothing else.
      expect(settled.filter((deal) => deal.inCrm.length > 0 && !told(deal))).toEqual([]);
      const stepsAtAws = Object.entries(summary.steps).filter(([kind]) => kind !== "write-crm");
      expect(summary.cost.writes).toBe(stepsAtAws.reduce((sum, [, steps]) => sum + steps, 0));
      expect(summary.steps["update"]).toBe(
        deals.filter((deal) => deal.atAws.some(({ path }) => path === competitorName)).length,
      );
      expect(summary.quotaSeconds).toBe(Math.max(summary.cost.writes, summary.cost.reads / 10));
      const { stdout } = await run(story, "plan", "--limit", String(deals.length));
      expect(stdout).toContain(`${competitorName}: – → No Competition`);
      expect(stdout).toMatch(new RegExp(`Cost at AWS: ${summary.cost.writes} writes .*: at least \\d+ min`));
      const writes = Object.keys(story.world.awsCalls(since)).filter((operation) => !/^(Get|List)/.test(operation));
      expect({ writes, crmWrites: story.world.crmWrites(since) }).toEqual({ writes: [], crmWrites: 0 });
    });

    it("is rebuilt from both sides when its state is lost, and nothing is created", async () => {
      const { world } = story;
      await world.remap("changed", changedRules);
      await untilQuiet(story);
      const pairs = await linkedPairs(story);
      const records = (await world.crm.facts()).length;
      await world.loseState();
      const { exact, proposals, problems } = await world.engine.findAdoptions();
      expect({ proposals, problems }).toEqual({ proposals: [], problems: [] });
      expect(exact.map(({ crmRef, opportunityId }) => [crmRef, opportunityId]).toSorted()).toEqual(pairs);
      expect(await world.engine.adopt(exact)).toMatchObject({ refused: [] });

      const since = world.emulators.requests.last;
      await untilQuiet(story);
      expect(await linkedPairs(story)).toEqual(pairs);
      expect(Object.keys(world.awsCalls(since)).filter((operation) => /Create|Start/.test(operation))).toEqual([]);
      expect((await world.crm.facts()).length).toBe(records);
      // The journal is lost with the state: what had lost before is told no more.
      const { problems: differences } = await compare({ ...story, lost: [] });
      expect(differences).toEqual([]);
    });

    it("is rebuilt in the same way by `cosell adopt`", async () => {
      const { world } = story;
      const pairs = await linkedPairs(story);
      const since = world.emulators.requests.last;
      await world.loseState();
      const { linked } = await answer(story, "adopt", "--yes");
      expect(linked).toHaveLength(pairs.length);
      expect(await answer(story, "sync")).toMatchObject({
        created: 0,
        submitted: 0,
        recordsCreated: 0,
        awsCalls: expect.anything(),
      });
      expect(world.awsCalls(since)).not.toHaveProperty("CreateOpportunity");
      expect(await linkedPairs(story)).toEqual(pairs);
    });
  },
);
