import type { SyncReport } from "@cosell/engine";
import { createPlanSummary, type PlanSummary } from "../views/plan-summary.ts";
import { awsCalls, type CountedCalls, crmCalls } from "./calls.ts";
import { compare, type Comparison } from "./comparer.ts";
import type { Edit } from "./edits.ts";
import { answerReviewer, changeApproved, changeUnderReview, completeHeld, review } from "./people.ts";
import type { DemoWorld } from "./world.ts";

/** What the story tells while it goes on. */
export interface Narrator {
  /** A new chapter begins. */
  chapter(title: string): void;
  tell(sentence: string): void;
  plan(summary: PlanSummary): void;
  report(report: SyncReport): void;
  /** A sync is under way. */
  progress(phase: string, done: number, total: number | undefined): void;
}

/** Everything that can be said when the story is over. */
export interface StoryResult {
  readonly reports: readonly SyncReport[];
  readonly comparison: Comparison;
  readonly approved: number;
  readonly awsCalls: CountedCalls;
  /** Writes at either side by a sync right after the last one. */
  readonly secondRunWrites: number;
  /** Hours that passed in the story's own time. */
  readonly hours: number;
}

/** A sync that has nothing more to write comes well before that many. */
const mostRounds = 8;
/** People take their time; the CRM's list of changes leaves out its very last moments. */
const pauseMs = 600_000;
/** Deals that a seller changes while AWS reviews them. */
const changedUnderReview = 12;

/** One partner's weeks with AWS: look, share, review, change on both sides, settle, and look again. */
export async function playStory(world: DemoWorld, narrator: Narrator, signal: AbortSignal): Promise<StoryResult> {
  const { time, requests } = world;
  const startedAt = time.now();
  const reports: SyncReport[] = [];
  const edits: (readonly Edit[])[] = [];
  const sentBack = new Set<string>();
  const sync = async (): Promise<SyncReport> => {
    time.advance(pauseMs);
    const report = await world.engine.sync({
      signal,
      onProgress: ({ phase, done, total }) => narrator.progress(phase, done, total),
    });
    reports.push(report);
    narrator.report(report);
    return report;
  };

  narrator.chapter("Plan: what would happen, before anything is written");
  const tally = createPlanSummary();
  for await (const deal of world.engine.plan({ signal })) tally.add(deal);
  narrator.plan(tally.summary());

  narrator.chapter("Sync: the deals go to AWS, at the speed that AWS allows");
  await sync();

  narrator.chapter("AWS reviews; meanwhile the sellers go on working");
  const early = changeUnderReview(world, changedUnderReview);
  edits.push(early);
  narrator.tell(`${early.length} values changed in ${world.crm.title} while AWS has the deals locked.`);
  await sync();
  const first = review(world, sentBack);
  narrator.tell(`AWS approved ${first.approved} deals, sent ${first.sentBack} back and rejected ${first.rejected}.`);
  await sync();

  narrator.chapter("People change deals on both sides");
  const changed = changeApproved(world);
  edits.push(changed);
  const inCrm = changed.filter(({ side }) => side === "crm").length;
  narrator.tell(
    `${inCrm} values changed in ${world.crm.title}, ${changed.length - inCrm} at AWS; some on both, some locked.`,
  );
  const [completed, answered] = [await completeHeld(world), answerReviewer(world)];
  narrator.tell(`Sellers completed ${completed} held deals and answered AWS's reviewer on ${answered}.`);
  await sync();

  narrator.chapter("Review and sync until it is quiet");
  for (let round = 0; round < mostRounds; round += 1) {
    const { approved, sentBack: back, rejected } = review(world, sentBack);
    if (approved + back + rejected > 0) narrator.tell(`AWS decided about ${approved + back + rejected} more deals.`);
    const before = requests.last;
    await sync();
    if (approved + back + rejected === 0 && writesSince(world, before) === 0) break;
  }

  narrator.chapter("Once more, right after");
  const before = requests.last;
  await sync();
  const approved = world.partnerCentral.opportunities().filter(({ LifeCycle }) => isApproved(LifeCycle)).length;
  return {
    reports,
    approved,
    awsCalls: awsCalls(requests.since()),
    comparison: await compare(world, edits),
    secondRunWrites: writesSince(world, before),
    hours: (time.now() - startedAt) / 3_600_000,
  };
}

function writesSince({ requests, crm }: DemoWorld, sequence: number): number {
  const calls = requests.since(sequence);
  return awsCalls(calls).writes + crmCalls(calls, crm).writes;
}

const isApproved = (lifeCycle: unknown): boolean =>
  (lifeCycle as { readonly ReviewStatus?: unknown } | null)?.ReviewStatus === "Approved";
