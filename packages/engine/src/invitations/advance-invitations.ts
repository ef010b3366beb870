import type { JsonValue } from "@cosell/connector";
import type { InboxInvitation } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { actionFor } from "../failure-policy.ts";
import { failureFrom, throwIfAborted } from "../failures.ts";
import { readRecords } from "../read-records.ts";
import { advanceInvitation, type CrmAnswers } from "./advance-invitation.ts";
import { dealsOfLeads, valuesOnRecords } from "./values-on-records.ts";
import {
  creatingRecord,
  type Invited,
  type InvitationTally,
  isHalfMade,
  isLead,
  isRead,
  keep,
  newInvitationTally,
} from "./invited.ts";
import type { InvitationSettings } from "./settings.ts";

/** What is not over yet. */
const open = ["pending", "accepting", "rejecting", "accepted"] as const;
/** What was refused for good is tried again this much later: a mapping, a permission or a record may be mended. */
const parkedMs = 3_600_000;

/** Which invitations, and how. */
export interface AdvanceRequest {
  readonly settings: InvitationSettings;
  readonly signal: AbortSignal | undefined;
  /** Those that are known to have been answered elsewhere: they are read again. */
  readonly answered?: ReadonlySet<string>;
  /** Only these, at once, whatever they failed with before. */
  readonly ids?: ReadonlySet<string>;
}

/**
 * Carries every open invitation as far as it can go now. One that fails keeps its failure and does not stop the others;
 * throws only what must stop the whole run.
 */
export async function advanceInvitations(options: EngineOptions, request: AdvanceRequest): Promise<InvitationTally> {
  const { store, sync, clock } = options;
  const { settings, signal, ids, answered } = request;
  const tally = newInvitationTally();
  const inbox = await store.invitations(sync.name, { status: open });
  const wanted = inbox.filter(({ id }) => ids === undefined || ids.has(id));
  const answers = await crmAnswers(wanted, settings, options);
  for (const invitation of wanted) {
    throwIfAborted(signal);
    const stale = answered?.has(invitation.id) === true;
    if (ids === undefined && !stale && isParked(invitation, clock.now())) continue;
    const invited: Invited = { options, settings, signal, tally, stale, invitation };
    await withRetries(invited, answers(invitation));
  }
  return tally;
}

function isParked({ failure, updatedAt }: InboxInvitation, now: number): boolean {
  if (failure === undefined) return false;
  const parks =
    failure.kind !== "transient" &&
    failure.kind !== "throttled" &&
    failure.kind !== "unknown-outcome" &&
    failure.kind !== "conflict";
  return parks && now < updatedAt + parkedMs;
}

async function withRetries(invited: Invited, crm: CrmAnswers): Promise<void> {
  const { clock, logger } = invited.options;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await advanceInvitation(invited, crm);
      return;
    } catch (error) {
      const failure = failureFrom(error);
      const action = actionFor(failure, attempt, clock);
      logger.debug("invitation failed", { invitation: invited.invitation.id, kind: failure.kind, attempt });
      if (action.kind === "stop") throw error;
      if (action.kind === "again" && failure.code !== "task-in-progress" && attempt < 2) {
        if (action.waitMs > 0) await clock.sleep(action.waitMs, invited.signal);
        continue;
      }
      // The trace of a record that is half made must not be lost: the failure says it no less.
      const unfinished = isHalfMade(invited.invitation) ? { code: creatingRecord } : {};
      await keep(invited, { failure: { ...failure, ...unfinished } });
      return;
    }
  }
}

/** What sellers said in the CRM about the invitations that wait for them: one read per batch of records. */
async function crmAnswers(
  invitations: readonly InboxInvitation[],
  settings: InvitationSettings,
  options: EngineOptions,
): Promise<(invitation: InboxInvitation) => CrmAnswers> {
  const { decisionField } = settings;
  const read = invitations.filter((invitation) => isRead(invitation) && invitation.crmRef !== undefined);
  const pending = read.filter(({ status }) => status === "pending");
  const leads = read.filter(isLead);
  const decisions =
    decisionField === undefined
      ? new Map<string, JsonValue>()
      : await valuesOnRecords(pending, () => decisionField.field, settings, options);
  const converted = await dealsOfLeads(leads, settings, options);
  const accepted = leads.filter(({ status }) => status === "accepted");
  const shared = await sharedDeals(accepted, settings, options);
  return ({ id }) => ({ decision: decisions.get(id), deal: converted.get(id) ?? shared.get(id) });
}

/** Leads whose record is a deal itself, and has been marked for co-selling. */
async function sharedDeals(
  leads: readonly InboxInvitation[],
  settings: InvitationSettings,
  options: EngineOptions,
): Promise<ReadonlyMap<string, string>> {
  const { mapping } = options.sync;
  const deals = leads.filter(
    ({ data }) => settings.records.find((use) => use.mapping.matches(data))?.mapping.crm.object === mapping.crm.object,
  );
  const refs = deals.map(({ crmRef }) => crmRef ?? "");
  const records = refs.length === 0 ? [] : await readRecords(refs, options);
  return new Map(
    deals.flatMap(({ id, crmRef = "" }, index): [string, string][] => {
      const result = records[index];
      return result?.status === "found" && mapping.matches(result.record) ? [[id, crmRef]] : [];
    }),
  );
}
