import DataLoader from "dataloader";
import { type Clock, failureOf, type Failure, type Logger } from "@cosell/connector";
import type { LinkWork } from "@cosell/engine";
import type { StateStore } from "@cosell/state";
import type { LinkJob } from "../jobs/job-runner.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { uncorrelated } from "../telemetry/correlation.ts";
import { inSpan } from "../telemetry/tracing.ts";
import type { WorkerSync } from "../worker.ts";

export interface LinkWorkOptions {
  readonly syncs: ReadonlyMap<string, WorkerSync>;
  readonly store: StateStore;
  /** Name of this process in claims. */
  readonly owner: string;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Does the sync stand still? */
  readonly isPaused: (sync: WorkerSync) => Promise<boolean>;
  /** Something more than the link has failed. */
  readonly onStop: (sync: WorkerSync, failure: Failure) => Promise<void>;
}

/** What reconciles links that were handed out. */
export interface LinkWorker {
  /** Claims and reconciles one link. Nothing, when it is clean, another's, or its sync stands still. */
  work(job: Pick<LinkJob, "sync" | "linkId">, signal: AbortSignal): Promise<void>;
  /** The process has died over this link again and again: it is parked, with why. */
  park(job: Pick<LinkJob, "sync" | "linkId">): Promise<void>;
  /** Links in hand. */
  active(): number;
  close(): void;
}

/** A claim is another's after this; short, since a worker may die on another machine. */
const leaseMs = 30_000;
const renewMs = 10_000;
/** Claims wait this long for company, or until those before them are made: one transaction and one read of the CRM serve them all. */
const gatherMs = 2;
const largestClaim = 100;

/** Reconciles links one by one, while claims and the CRM's reads are made for many. */
export function createLinkWorker(options: LinkWorkOptions): LinkWorker {
  const { syncs, store, owner, metrics, clock, logger } = options;
  /** By job, from the asking for its claim on: the claim is made, and must last, while the CRM is still being read. */
  const inHand = new Map<object, string>();
  const loaders = new Map([...syncs].map(([name, sync]) => [name, claimsOf(sync, owner)]));
  const renewal = setInterval(() => {
    if (inHand.size === 0) return;
    store.renew(owner, [...new Set(inHand.values())], leaseMs).catch((error: unknown) => {
      logger.warn("claims could not be prolonged", { kind: failureOf(error)?.kind ?? "bug" });
    });
  }, renewMs);
  renewal.unref();

  async function reconcile(sync: WorkerSync, work: LinkWork, signal: AbortSignal): Promise<void> {
    const { claimed } = work;
    const { failure, tally, lost } = await sync.engine.reconcile(work, { owner, signal });
    if (lost === true) {
      metrics.reconciled(sync.name, "busy");
      return;
    }
    if (failure !== undefined) {
      metrics.reconciled(sync.name, "failed");
      metrics.failed(sync.name, failure.kind);
      return;
    }
    const changed = tally.created || tally.submitted || tally.updated || tally.crmWrites > 0;
    metrics.reconciled(sync.name, changed ? "changed" : "unchanged");
    if (!changed) return;
    const side = claimed.reasons.some((reason) => reason.startsWith("aws")) ? "aws" : "crm";
    metrics.applied(sync.name, side, (clock.now() - claimed.markedAt) / 1000);
  }

  return {
    async work({ sync: name, linkId }, signal) {
      const sync = syncs.get(name);
      const loader = loaders.get(name);
      if (sync === undefined || loader === undefined || signal.aborted || (await options.isPaused(sync))) return;
      const job = {};
      try {
        inHand.set(job, linkId);
        const work = await loader.load(linkId);
        if (work === undefined) {
          metrics.reconciled(name, "busy");
          return;
        }
        await inSpan("reconcile", { "cosell.sync": name, "cosell.link": linkId }, () => reconcile(sync, work, signal));
      } catch (error) {
        const failure = failureOf(error);
        if (failure === undefined) throw error;
        if (failure.kind === "aborted") return;
        metrics.reconciled(name, "failed");
        metrics.failed(name, failure.kind);
        await options.onStop(sync, failure);
      } finally {
        inHand.delete(job);
      }
    },
    async park({ sync, linkId }) {
      const [claimed] = await store.claim(sync, owner, { limit: 1, leaseMs, linkIds: [linkId] });
      if (claimed === undefined) return;
      const failure: Failure = {
        kind: "bug",
        code: "worker-died",
        message: `Workers died again and again while they worked on CRM record ${claimed.link.crmRef}. It is left alone until a person replays it (cosell replay) or something about it changes.`,
      };
      logger.error("a link that ends workers is parked", { link: linkId, sync });
      await store.settle(linkId, {
        failure: { failure, retryAt: undefined },
        journal: [{ at: clock.now(), kind: "failed", summary: failure.message, detail: { kind: failure.kind } }],
        settles: { owner, generation: claimed.generation },
      });
    },
    active: () => inHand.size,
    close() {
      clearInterval(renewal);
    },
  };
}

/** Asks for links as they come; many that come together are claimed and read together. */
function claimsOf({ engine }: WorkerSync, owner: string): DataLoader<string, LinkWork | undefined> {
  let before: Promise<unknown> = Promise.resolve();
  return new DataLoader<string, LinkWork | undefined>(
    async (linkIds) => {
      const claiming = uncorrelated(() => engine.claim([...new Set(linkIds)], { owner, leaseMs }));
      before = claiming.catch(() => undefined);
      const works = await claiming;
      const byId = new Map(works.map((work) => [work.claimed.link.id, work]));
      return linkIds.map((id) => {
        const work = byId.get(id);
        byId.delete(id); // Asked for twice: the first one has it.
        return work;
      });
    },
    {
      cache: false,
      maxBatchSize: largestClaim,
      batchScheduleFn: (send) => {
        void before.then(() => setTimeout(send, gatherMs));
      },
    },
  );
}
