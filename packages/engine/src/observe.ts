import { failureOf, type JsonObject, type ReadResult } from "@cosell/connector";
import type { AgreedValue, Observation } from "@cosell/core";
import { refuseStale } from "./aws-version.ts";
import type { EngineOptions } from "./engine.ts";

/** What observing needs to know of a deal. */
export interface ObserveRequest {
  readonly crmRef: string;
  /** The link, when there is one: what people chose in its conflicts counts. */
  readonly linkId?: string | undefined;
  readonly crm: ReadResult;
  readonly opportunityId: string | undefined;
  /** The newest version of the opportunity that AWS has shown. */
  readonly awsVersion: string | undefined;
  readonly base: ReadonlyMap<string, AgreedValue>;
  /** Ask AWS for its own view too. */
  readonly withSummary: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads AWS's side and puts both sides together. One read at AWS, two with the summary, none without an opportunity.
 * Throws `transient` (`stale-read`) where AWS shows an older version than before.
 */
export async function observe(request: ObserveRequest, options: EngineOptions): Promise<Observation> {
  const { partnerCentral, clock, sync } = options;
  const { opportunityId, crm, signal } = request;
  const call = signal === undefined ? {} : { signal };
  const opportunity =
    opportunityId === undefined ? undefined : await orMissing(partnerCentral.getOpportunity(opportunityId, call));
  if (opportunity !== undefined && opportunityId !== undefined) {
    refuseStale(opportunityId, options.target.read(opportunity, undefined).version, request.awsVersion);
  }
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
    ...(await wishes(request.linkId, options)),
    direction: sync.direction,
    today: new Date(clock.now()).toISOString().slice(0, 10),
  };
}

/** What people asked for: answers in conflicts, and paths of this sync that stand still. */
async function wishes(
  linkId: string | undefined,
  { store, sync }: EngineOptions,
): Promise<Required<Pick<Observation, "answers" | "paused">>> {
  const answers = linkId === undefined ? [] : await store.answers(linkId);
  const pauses = await store.pauses();
  return {
    answers: new Map(answers.map(({ path, take, crm, aws }) => [path, { take, crm, aws }])),
    paused: new Set(
      pauses
        .filter(({ scope, name, path }) => scope === "sync" && name === sync.name && path !== "")
        .map(({ path }) => path),
    ),
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
