import { type Failure, FailureError, noTracer, type ReadResult } from "@cosell/connector";
import { decide, type Observation, type Plan, type PlanStep, valueAt } from "@cosell/core";
import { type BaseValue, type ClaimedLink, type NewJournalEntry, underClaim } from "@cosell/state";
import { applyAhead } from "./apply/apply-ahead.ts";
import { newestVersion, noteVersion } from "./aws-version.ts";
import { type Deal, type DealTally, newTally } from "./deal.ts";
import { isEcho } from "./echo.ts";
import type { EngineOptions } from "./engine.ts";
import { actionFor } from "./failure-policy.ts";
import { explainFailure } from "./explain-failure.ts";
import { failureFrom, throwIfAborted } from "./failures.ts";
import { alarmOfLoss } from "./life/alarm-of-loss.ts";
import { followMerge, standingMergeHolds, withMergeHolds } from "./life/follow-merge.ts";
import { associationSoFar } from "./apply/write-ahead.ts";
import { withAuthors } from "./conflict-authors.ts";
import { linkByStoredId } from "./link-by-id.ts";
import { observe } from "./observe.ts";
import { oneWay } from "./one-way.ts";
import { endPendingCalls, lookAtPendingCalls } from "./pending-calls.ts";
import { readRecords } from "./read-records.ts";
import { recordFailure } from "./record-failure.ts";
import { agreedWithout, answeredWithout, fieldStatesOf, newlyAgreed, patchAfter, stateChanges } from "./settle.ts";

/** Rounds of observe, decide, apply in one reconcile: the first acts, the second reads back, the third is for surprises. */
const rounds = 3;

/** What became of one link. */
export interface LinkOutcome {
  readonly tally: DealTally;
  readonly failed: boolean;
  /** Why it failed. */
  readonly failure?: Failure;
  /** Another one has taken the link over meanwhile, and goes on with it. */
  readonly lost?: boolean;
}

/**
 * Reconciles one claimed link: resolve what is pending, observe, decide, apply, record. Running it twice changes nothing
 * more. A deal's own failure is recorded with the deal; throws only what must stop the whole run. Where another one has
 * taken the link over, or a merge in the CRM has given its place to another link, it ends without a word.
 */
export async function reconcileLink(
  claimed: ClaimedLink,
  crm: ReadResult,
  owner: string,
  options: EngineOptions,
  signal: AbortSignal | undefined,
): Promise<LinkOutcome> {
  const { clock, logger } = options;
  const settles = { owner, generation: claimed.generation };
  const claim = { ...settles, linkId: claimed.link.id };
  const store = underClaim(options.store, claim);
  const fenced = { ...options, store };
  const deal: Deal = { options: fenced, link: claimed.link, crm, signal, tally: newTally(), awsVersion: undefined };
  for (let attempt = 0; ; attempt += 1) {
    try {
      throwIfAborted(signal);
      if (attempt > 0) await refresh(deal);
      await reconcile(deal, claimed.reasons, settles);
      return { tally: deal.tally, failed: false };
    } catch (error) {
      const failure = failureFrom(error);
      const action = (options.failurePolicy ?? actionFor)(failure, attempt, clock, claimed.attempts);
      logger.debug("deal failed", { link: claimed.link.id, kind: failure.kind, attempt, action: action.kind });
      if (action.kind === "stop") throw error;
      if (!(await store.holdsClaim(claim))) {
        logger.info("a claim ended before its work did; whoever has the link now goes on", {
          link: claim.linkId,
          owner,
        });
        // The other one may have looked before our last call came to AWS or the CRM.
        await store.markLinks([claim.linkId], "overtaken");
        return { tally: deal.tally, failed: false, lost: true };
      }
      if (action.kind === "again") {
        if (action.waitMs > 0) await clock.sleep(action.waitMs, signal);
        continue;
      }
      await recordFailure(
        deal,
        explainFailure(failure, deal),
        action.kind === "later" ? action : { retryAt: undefined },
        settles,
      );
      return { tally: deal.tally, failed: true, failure };
    }
  }
}

/** A record that was merged away is followed to its survivor. */
async function followMerged(deal: Deal): Promise<void> {
  const { crm } = deal;
  if (crm.status !== "merged" || deal.link.opportunityId === undefined) return;
  deal.link = await followMerge(deal.link, crm.survivor, deal.options);
  const [read] = deal.link.crmRef === crm.survivor ? await readRecords([crm.survivor], deal.options) : [];
  if (read !== undefined) deal.crm = read;
}

/** The link and the record as they are now: what was read before a failure may be out of date. */
async function refresh(deal: Deal): Promise<void> {
  const { store } = deal.options;
  deal.link = (await store.link(deal.link.id)) ?? deal.link;
  const [read] = await readRecords([deal.link.crmRef], deal.options);
  if (read !== undefined) deal.crm = read;
}

async function reconcile(
  deal: Deal,
  reasons: readonly string[],
  settles: { readonly owner: string; readonly generation: number },
): Promise<void> {
  const { store, sync, clock } = deal.options;
  const { tracer = noTracer } = deal.options;
  let open = await lookAtPendingCalls(deal);
  await followMerged(deal);
  if (open.length === 0 && isEcho(deal, reasons)) {
    deal.tally.echo = true;
    const version = deal.crm.status === "found" ? { crmVersion: deal.crm.version } : {};
    await store.settle(deal.link.id, { patch: version, settles });
    return;
  }
  if (!(await linkByStoredId(deal))) return;
  const before = await store.fieldStates(deal.link.id);
  let repaired: readonly string[] = [];
  for (let round = 1; ; round += 1) {
    const base = new Map<string, BaseValue>(await store.baseValues(deal.link.id));
    const { observation, decided, plan, left } = await tracer.inSpan(
      "plan",
      { "cosell.round": round },
      async (span) => {
        const observation = await observe(
          {
            crmRef: deal.link.crmRef,
            linkId: deal.link.id,
            crm: deal.crm,
            opportunityId: deal.link.opportunityId,
            awsVersion: newestVersion(deal),
            base,
            withSummary: round === 1 && asksForSummary(deal, base, reasons),
            signal: deal.signal,
          },
          deal.options,
        );
        const version = versionOf(observation, deal);
        if (version !== undefined) noteVersion(deal, version);
        if (observation.opportunityId !== undefined && round === 1) deal.tally.floor.reads += 1;
        if (observation.summary !== undefined) deal.tally.floor.reads += 1;
        const whole = observation.summary !== undefined || !readsSummary(deal);
        if (observation.opportunity !== undefined && whole) deal.observedAt = clock.now();
        if (observation.opportunityId !== undefined && observation.opportunity === undefined) refuseYoung(deal);
        for (const path of repaired) {
          const aws = observation.opportunity && valueAt(observation.opportunity, path);
          base.set(path, { crm: base.get(path)?.crm, aws });
          await store.settle(deal.link.id, { base: new Map([[path, { crm: base.get(path)?.crm, aws }]]) });
        }
        const decided = decide({ ...observation, base }, { mapping: sync.mapping, target: deal.options.target });
        const { plan, left } = oneWay(decided, deal.options.only);
        span.set({ "cosell.opportunity": observation.opportunityId, "cosell.steps": kindsOf(plan) });
        return { observation, decided, plan, left };
      },
    );
    if (await endPendingCalls(open, { decided, plan }, deal)) {
      open = [];
      round = 0;
      continue;
    }
    open = [];
    const again = plan.readBack && plan.steps.length > 0 && round < rounds;
    await applyPlan(again ? withoutCrmWrite(plan) : plan, base, deal);
    if (again) {
      repaired = repairedPaths(plan);
      continue;
    }
    // What is left must not pass for an echo later, and keeps the link marked.
    const patch = { ...patchAfter(deal, plan, observation), ...(left ? { crmHash: undefined } : {}) };
    deal.tally.left = left;
    alarmOfLoss(deal.link, patch.status, deal.options);
    await store.settle(deal.link.id, {
      patch,
      fieldStates: withMergeHolds(
        withAuthors(fieldStatesOf(plan.unsettled), before, deal.crm),
        await standingMergeHolds(before, deal.options),
      ),
      journal: stateChanges(before, plan.unsettled, clock.now()),
      ...(left ? {} : { failure: null, settles }),
    });
    return;
  }
}

/** Applies a plan's steps in order; after each, what it made agreed and its journal line are stored. `base`: as it is stored. */
async function applyPlan(plan: Plan, base: ReadonlyMap<string, BaseValue>, deal: Deal): Promise<void> {
  const { store, clock } = deal.options;
  const noted = (summary: string): NewJournalEntry => ({ at: clock.now(), kind: "accepted", summary, detail: {} });
  const stored = new Map(base);
  const agreed = newlyAgreed(agreedWithout(plan, plan.steps), stored);
  await store.settle(deal.link.id, {
    base: agreed,
    answered: answeredWithout(plan, plan.steps),
    // Together with the base that they explain: whatever fails afterwards, they are not said again.
    journal: plan.steps.some(({ kind }) => kind === "create") ? [] : plan.notes.map(noted),
  });
  for (const [path, value] of agreed) stored.set(path, value);
  const refused: unknown[] = [];
  for (const [index, step] of plan.steps.entries()) {
    throwIfAborted(deal.signal);
    // AWS may show the status before the submission for some seconds: one reconcile never submits twice.
    if (step.kind === "submit" && deal.tally.submitted) continue;
    const rest = plan.steps.slice(index + 1);
    try {
      const { applied, settle } = await applyAhead(step, plan, deal);
      countFloor(step, deal);
      // A create stores a base of its own.
      if (step.kind === "create") stored.clear();
      const base = new Map([...(await associationSoFar(step, deal)), ...agreedWithout(plan, rest)]);
      const outcome = { base: newlyAgreed(base, stored), journal: applied.journal };
      await settle(outcome);
      for (const [path, value] of outcome.base) stored.set(path, value);
      if (plan.answered.length > 0) await store.settle(deal.link.id, { answered: answeredWithout(plan, rest) });
    } catch (error) {
      // An owner whom AWS does not know must not keep a deal from being submitted; it is told when the rest is done.
      if (step.kind !== "assign" || failureFrom(error).kind !== "invalid") throw error;
      refused.push(error);
    }
  }
  if (refused.length > 0) throw refused[0];
}

/** The kinds of a plan's steps, in their order: `update write-crm`. */
function kindsOf({ steps }: Plan): string {
  return steps.map(({ kind }) => kind).join(" ");
}

/** What AWS is about to show anew is written to the CRM once it has been read. */
function withoutCrmWrite(plan: Plan): Plan {
  const write = plan.steps.filter(({ kind }) => kind === "write-crm");
  return {
    ...plan,
    steps: plan.steps.filter(({ kind }) => kind !== "write-crm"),
    agreed: agreedWithout(plan, write),
    answered: answeredWithout(plan, write),
  };
}

function countFloor(step: PlanStep, { tally }: Deal): void {
  if (step.kind === "write-crm") return;
  tally.floor.writes += 1;
  if (step.kind === "create") tally.floor.reads += 1;
}

function versionOf({ opportunity, summary }: Observation, { options }: Deal): string | undefined {
  return opportunity === undefined ? undefined : options.target.read(opportunity, summary).version;
}

/**
 * AWS's own view is read where a rule shows it and AWS may have changed it, and once for an opportunity that was not
 * made here: it alone tells the origin, by which locks differ.
 */
function asksForSummary(deal: Deal, base: ReadonlyMap<string, BaseValue>, reasons: readonly string[]): boolean {
  if (base.size === 0) return true;
  return readsSummary(deal) && !reasons.every((reason) => reason.startsWith("crm"));
}

function readsSummary({ options }: Deal): boolean {
  return options.sync.mapping.inbound.some(({ paths }) => paths.some((path) => path.startsWith("Summary.")));
}

/** AWS shows a new opportunity some seconds late: one that we never saw yet is not lost. */
function refuseYoung({ link }: Deal): void {
  if (link.awsVersion !== undefined) return;
  throw new FailureError({
    kind: "transient",
    message: `AWS does not show opportunity ${link.opportunityId ?? ""} yet. It is looked at again; if this stays, check the id in the CRM.`,
  });
}

function repairedPaths(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) =>
    step.kind === "update"
      ? step.changes.filter(({ reason }) => reason === "drift-repaired").map(({ path }) => path)
      : [],
  );
}
