import type { Failure, JsonObject } from "@cosell/connector";
import { type FieldChange, fingerprint, sameCrmValue } from "@cosell/core";
import { applyWriteCrm } from "./apply/write-crm.ts";
import { isOlder, newestVersion, noteVersion } from "./aws-version.ts";
import { callOptions, type Deal, recordOf } from "./deal.ts";
import { writtenBetween } from "./echo.ts";
import { failureFrom } from "./failures.ts";

const longestStatus = 255;

/**
 * Stores why a deal failed. `retryAt` undefined parks it: it is tried again when a value that the mapping reads changes,
 * when AWS changes, or when a person replays it; the CRM is told, where the mapping shows the link's status there.
 */
export async function recordFailure(
  deal: Deal,
  failure: Failure,
  { retryAt, counts = true }: { readonly retryAt: number | undefined; readonly counts?: boolean },
  settles: { readonly owner: string; readonly generation: number },
): Promise<void> {
  const { store, sync, clock } = deal.options;
  const parked = retryAt === undefined;
  if (parked) {
    await tellCrm(deal, failure);
    await learnVersion(deal);
  }
  const record = recordOf(deal);
  await store.settle(deal.link.id, {
    patch: {
      crmHash: parked && record !== undefined ? fingerprint(record, sync.mapping) : undefined,
      ...(deal.crm.status === "found" ? { crmVersion: deal.crm.version } : {}),
      ...(deal.awsVersion === undefined ? {} : { awsVersion: deal.awsVersion }),
      ...writtenBetween(deal),
    },
    failure: { failure, retryAt, counts },
    journal: [{ at: clock.now(), kind: "failed", summary: failure.message, detail: { kind: failure.kind } }],
    settles,
  });
}

/**
 * What was done before the failure changed the opportunity, by an unknown stamp: without it the next look at AWS would
 * take our own writes for news, and try again in vain. Best effort.
 */
async function learnVersion(deal: Deal): Promise<void> {
  const { partnerCentral, target, logger } = deal.options;
  const id = deal.link.opportunityId;
  if (id === undefined || deal.awsVersion !== undefined) return;
  try {
    const { version } = target.read(await partnerCentral.getOpportunity(id, callOptions(deal)), undefined);
    if (!isOlder(version, newestVersion(deal))) noteVersion(deal, version);
  } catch (error) {
    logger.warn("could not read a failed deal", { link: deal.link.id, kind: failureFrom(error).kind });
  }
}

/** Sellers only see their CRM: what keeps their deal back is written where the mapping shows `Link.*`. Best effort. */
async function tellCrm(deal: Deal, failure: Failure): Promise<void> {
  const { sync, logger } = deal.options;
  const record = recordOf(deal);
  if (record === undefined || sync.direction === "outbound") return;
  const status = `Failed: ${failure.message}`;
  const link = {
    status: status.length > longestStatus ? `${status.slice(0, longestStatus - 1)}…` : status,
    opportunityId: deal.link.opportunityId ?? null,
    lastFailure: failure.message,
    deferredFields: null,
    reviewStatus: deal.link.reviewStatus ?? null,
  };
  const changes = sync.mapping.inbound
    .filter(({ paths }) => paths.every((path) => path.startsWith("Link.")))
    .flatMap((rule): FieldChange[] => {
      const { field: path, paths: sources } = rule;
      const result = rule.run({ opportunity: {}, link });
      const before = record[path];
      if (result.kind !== "value" || sameCrmValue(before, result.value)) return [];
      return [{ path, before, after: result.value, reason: "mirror", sources, rule: rule.rule, sensitive: false }];
    });
  const known = idOfCreated(deal, record);
  if (known !== undefined) changes.push(known);
  if (changes.length === 0) return;
  const fields = Object.fromEntries(changes.map(({ path, after }) => [path, after ?? null]));
  try {
    await applyWriteCrm({ kind: "write-crm", fields, changes, cost: { reads: 0, writes: 0 } }, deal);
  } catch (error) {
    logger.warn("could not tell the CRM of a failure", { link: deal.link.id, kind: failureFrom(error).kind });
  }
}

/** A deal that was created before it failed: its id belongs in the CRM, whence it is found again if the state is lost. */
function idOfCreated({ link, options }: Deal, record: JsonObject): FieldChange | undefined {
  const field = options.sync.mapping.link.opportunityId;
  const before = record[field];
  if (link.opportunityId === undefined || before === link.opportunityId) return undefined;
  const after = link.opportunityId;
  return { path: field, before, after, reason: "mirror", sources: ["Id"], rule: undefined, sensitive: false };
}
