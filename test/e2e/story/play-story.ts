import { review } from "./aws-people.ts";
import { createDeals } from "./cast.ts";
import { losingAccess, merge, reassign, removeDeals, reopen, restoreDeals } from "./deal-life.ts";
import {
  answerConflicts,
  answerReviewer,
  clash,
  editApprovedAtAws,
  editApprovedInCrm,
  editInEveryStatus,
} from "./edits.ts";
import { answerReferrals, completeReferrals, refer, type Referral } from "./referrals.ts";
import type { Story } from "./story.ts";
import { beginTrouble, endTrouble } from "./trouble.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
/** A story is quiet long before that many syncs. */
const mostRounds = 40;

/** The mapping that the company changes to in the middle: one rule is new, another one says something else. */
const changedConstants = {
  "Project.OtherSolutionDescription": "Managed by our own team.",
  OpportunityType: "Expansion",
} as const;
export const changedRules = [
  "outbound:",
  ...Object.entries(changedConstants).map(([path, value]) => `  ${path}: { const: "${value}" }`),
  "leftOut: { Project.OtherSolutionDescription: null }",
];

/** One partner's months with AWS. Returns what AWS passed on. */
export async function playStory(story: Story): Promise<readonly Referral[]> {
  const { world, size } = story;
  const sync = async (): Promise<void> => {
    world.clock.advance(10 * minute);
    await world.takeEvents();
    await world.sync();
  };

  // Two thirds of the deals are there on the first day; a process dies in the middle of the first sync.
  createDeals(story, Math.round((size.deals * 2) / 3));
  world.clock.advance(minute);
  await world.syncKilled(400, "after");
  await sync();
  editInEveryStatus(story);
  await sync();
  review(story, "mostly");
  beginTrouble(story);
  await sync();
  await world.restart();
  createDeals(story, size.deals - story.records.length);
  editInEveryStatus(story);
  await sync();
  review(story, "mostly");
  await sync();
  endTrouble(story);

  // Everybody works on approved deals, on both sides.
  editApprovedInCrm(story);
  await sync();
  await editApprovedAtAws(story);
  await sync();
  const conflicts = clash(story);
  world.clock.advance(minute);
  await world.syncKilled(60, "before");
  await sync();
  await answerConflicts(story, conflicts);
  answerReviewer(story);
  await sync();

  // AWS passes deals on.
  const facts = await world.crm.facts();
  const unshared = facts.filter(({ shared, closed }) => !shared && !closed).map(({ ref }) => ref);
  const referrals = refer(story, unshared);
  beginTrouble(story);
  await sync();
  await world.restart();
  await sync();
  endTrouble(story);
  // An invitation that could not be read in the trouble becomes its early record.
  await sync();
  await answerReferrals(story, referrals);
  await sync();
  await completeReferrals(story, referrals);
  await sync();
  world.clock.advance(16 * day);
  await sync();

  // Records and people come and go; the mapping changes.
  const gone = removeDeals(story);
  reassign(story);
  merge(story);
  await losingAccess(story, sync);
  await sync();
  restoreDeals(story, gone);
  await world.remap("changed", changedRules);
  Object.assign(story.constants, changedConstants);
  beginTrouble(story);
  await sync();
  endTrouble(story);
  await reopen(story);
  editInEveryStatus(story);
  review(story, "mostly");
  await sync();
  editApprovedInCrm(story);
  await editApprovedAtAws(story);
  await sync();
  world.clock.advance(day);
  await untilQuiet(story);
  return referrals;
}

/** Syncs until nothing is written any more, also not for what only a look at everything shows. */
export async function untilQuiet({ world }: Story): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    world.clock.advance(10 * minute);
    await world.takeEvents();
    const before = world.emulators.requests.last;
    const { swept, records } = await world.sync();
    const writes = Object.keys(world.awsCalls(before)).some((operation) => !/^(Get|List)/.test(operation));
    if (swept === 0 && records === 0 && !writes && world.crmWrites(before) === 0) return;
  }
  throw new Error(`seed ${world.seed}: still not quiet after ${mostRounds} syncs`);
}
