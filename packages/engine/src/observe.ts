import { failureOf, type JsonObject, type ReadResult } from "@cosell/connector";
import type { AgreedValue, Observation } from "@cosell/core";
import type { EngineOptions } from "./engine.ts";

/** What observing needs to know of a deal. */
export interface ObserveRequest {
  readonly crmRef: string;
  readonly crm: ReadResult;
  readonly opportunityId: string | undefined;
  readonly base: ReadonlyMap<string, AgreedValue>;
  /** Ask AWS for its own view too. */
  readonly withSummary: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Reads AWS's side and puts both sides together. One read at AWS, two with the summary, none without an opportunity. */
export async function observe(request: ObserveRequest, options: EngineOptions): Promise<Observation> {
  const { partnerCentral, clock, sync } = options;
  const { opportunityId, crm, signal } = request;
  const call = signal === undefined ? {} : { signal };
  const opportunity =
    opportunityId === undefined ? undefined : await orMissing(partnerCentral.getOpportunity(opportunityId, call));
  const summary =
    opportunity !== undefined && opportunityId !== undefined && request.withSummary
      ? await orMissing(partnerCentral.getAwsOpportunitySummary(opportunityId, call))
      : undefined;
  return {
    crmRef: request.crmRef,
    crm:
      crm.status === "found"
        ? { status: "present", record: crm.record, version: crm.version }
        : { status: crm.status === "missing" ? "missing" : "deleted" },
    opportunityId,
    opportunity,
    summary,
    base: request.base,
    direction: sync.direction,
    today: new Date(clock.now()).toISOString().slice(0, 10),
  };
}

async function orMissing(answer: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (failureOf(error)?.kind === "missing") return undefined;
    throw error;
  }
}
