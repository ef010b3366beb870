import { awsIntake } from "../aws-intake.ts";
import { crmIntake } from "../crm-intake.ts";
import type { EngineOptions, IntakeReport, InvitationCounts, RunOptions } from "../engine.ts";
import { advanceInvitations } from "../invitations/advance-invitations.ts";
import { newInvitationTally } from "../invitations/invited.ts";
import { pollInvitations } from "../invitations/poll-invitations.ts";
import { retrying } from "../retrying.ts";
import { lookBackAtCrm } from "./look-back.ts";
import { pruneJournal } from "./prune-journal.ts";
import { rotatingSweep } from "./rotating-sweep.ts";

/** What was found, and the fewest calls at AWS that finding it could cost. */
export interface Looked {
  readonly report: IntakeReport;
  readonly floor: { readonly reads: number; readonly writes: number };
}

/** One look at both sides: what changed is marked, invitations are answered, a few links that nobody looked at for long are marked. */
export async function lookForChanges(options: EngineOptions, run: RunOptions): Promise<Looked> {
  const { sync, store } = options;
  const { signal } = run;
  // Answering an invitation writes on both sides: a run, or a sync, for one side leaves them alone.
  const bothSides = run.only === undefined && sync.direction !== "outbound";
  const settings = bothSides ? sync.invitations : undefined;
  const polled =
    settings === undefined
      ? { found: 0, reads: 0, answered: new Set<string>() }
      : await retrying(() => pollInvitations(options, run), options, signal);
  const crm = await retrying(() => crmIntake(options, run), options, signal);
  const { since } = run;
  const back =
    since === undefined ? undefined : await retrying(() => lookBackAtCrm(options, since, run), options, signal);
  const aws = await retrying(() => awsIntake(options, run), options, signal);
  const before = (await store.counts(sync.name)).dirty;
  const tally =
    settings === undefined
      ? newInvitationTally()
      : await advanceInvitations(options, { settings, signal, answered: polled.answered });
  const joined = (await store.counts(sync.name)).dirty - before;
  const swept = await rotatingSweep(options);
  await pruneJournal(options);
  const { accepted, rejected, recordsCreated, floor } = tally;
  return {
    report: {
      crmChanges: crm.changes,
      awsChanges: aws.changes,
      marked: crm.marked + (back?.marked ?? 0) + aws.marked + Math.max(0, joined) + swept,
      invitations: { new: polled.found, accepted, rejected, expiring: await expiring(options) },
      recordsCreated,
      swept,
      ...(since !== undefined && back !== undefined
        ? { lookedBack: { since, crmRecords: back.found, opportunities: aws.found, wholeCrm: back.whole } }
        : {}),
    },
    floor: { reads: aws.pages + polled.reads + floor.reads, writes: floor.writes },
  };
}

async function expiring({ sync, store, clock }: EngineOptions): Promise<InvitationCounts["expiring"]> {
  if (sync.invitations === undefined) return 0;
  const until = clock.now() + Math.max(0, ...sync.invitations.alarmMs);
  const waiting = await store.invitations(sync.name, { status: ["pending"] });
  return waiting.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= until).length;
}
