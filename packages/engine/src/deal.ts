import type { JsonObject, ReadResult } from "@cosell/connector";
import type { PlanStep } from "@cosell/core";
import type { Link, NewJournalEntry } from "@cosell/state";
import type { EngineOptions } from "./engine.ts";

/** One deal in hand: the link as stored, the record as read, and what was done so far. */
export interface Deal {
  readonly options: EngineOptions;
  link: Link;
  /** The CRM record; our own writes are laid over it. */
  crm: ReadResult;
  readonly signal: AbortSignal | undefined;
  readonly tally: DealTally;
  /** AWS's version when it was last read or written in this reconcile. */
  awsVersion: string | undefined;
  /** The newest version that AWS has shown in this reconcile. */
  newestVersion?: string;
  /** When AWS's version was last told, by our clock. */
  stampedAt?: number;
  /** The first write to AWS in this reconcile: when it began, by our clock, and AWS's stamp where its answer told one. */
  firstWrite?: { readonly begunAt: number; readonly stamp: string | undefined };
  /** When AWS's side was read whole in this reconcile: with its summary, where the mapping reads that. */
  observedAt?: number;
}

/** What was done for a deal, for the report. */
export interface DealTally {
  created: boolean;
  submitted: boolean;
  updated: boolean;
  inbound: boolean;
  /** Nothing that the mapping reads had changed in the CRM: no call was made. */
  echo: boolean;
  crmWrites: number;
  /** The run was for one side only, and something is left for the other: the claim is kept until the run ends. */
  left: boolean;
  /** The fewest calls that what was done could cost. */
  floor: { reads: number; writes: number };
}

/** What applying one step leaves behind, beside the calls it made. */
export interface Applied {
  readonly journal: readonly NewJournalEntry[];
  /** For later steps: the opportunity that now exists. */
  readonly opportunityId?: string;
  /** AWS's version after the step, where the answer tells it. */
  readonly awsVersion?: string;
}

/** Applies one kind of step. Throws `FailureError`; may be asked again after a crash at any point. */
export type ApplyStep<Kind extends PlanStep["kind"]> = (
  step: Extract<PlanStep, { kind: Kind }>,
  deal: Deal,
) => Promise<Applied>;

/** An empty tally. */
export function newTally(): DealTally {
  return {
    created: false,
    submitted: false,
    updated: false,
    inbound: false,
    echo: false,
    crmWrites: 0,
    left: false,
    floor: { reads: 0, writes: 0 },
  };
}

/** Call options with the run's signal. */
export function callOptions(deal: Deal): { readonly signal?: AbortSignal } {
  return deal.signal === undefined ? {} : { signal: deal.signal };
}

/** The opportunity that a step needs; that there is none is a bug of ours. */
export function opportunityIdOf(deal: Deal): string {
  const id = deal.link.opportunityId;
  if (id === undefined) throw new Error(`link ${deal.link.id} has no opportunity`);
  return id;
}

/** The record of a deal, when the CRM has it. */
export function recordOf(deal: Deal): JsonObject | undefined {
  return deal.crm.status === "found" ? deal.crm.record : undefined;
}
