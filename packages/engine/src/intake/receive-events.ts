import type { JsonValue } from "@cosell/connector";
import { parseEvent, type PartnerCentralEvent } from "@cosell/partner-central";
import type { Mark } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { unknownOpportunity } from "../inbound/unknown-opportunities.ts";
import { isEchoOfOurWrite } from "./event-echo.ts";

/** What became of some events. */
export interface EventReport {
  /** Events of Partner Central that concern this catalog (and account). */
  readonly accepted: number;
  /** Anything else: other senders, other catalogs, nothing that can be read. */
  readonly ignored: number;
  /** Links that are newly dirty. */
  readonly marked: number;
  /** Invitations, and opportunities that no link knows, that are new in the inbox. */
  readonly invitations: number;
  /** Events that were our own writes come back: no call is spent on them. */
  readonly echoes: number;
}

/** What is known of where the events come from. */
export interface ReceiveOptions {
  /** The partner's AWS account, 12 digits: events of others are not ours. @defaultValue not checked */
  readonly account?: string;
}

/**
 * Takes events, as EventBridge sends them or wrapped by SQS or SNS, and marks what they are about. Makes no call. Nothing
 * is taken from them but ids: doubles, unknown types and any order are harmless. Whoever delivers them may delete them
 * once this has resolved; a refusal (`FailureError`) means that none of them is kept for certain.
 */
export async function receiveEvents(
  payloads: readonly JsonValue[],
  options: EngineOptions,
  { account }: ReceiveOptions = {},
): Promise<EventReport> {
  const { sync, store, partnerCentral } = options;
  const events = payloads.map(parseEvent).filter((event) => event !== undefined);
  const ours = events.filter(
    (event) =>
      event.catalog === partnerCentral.catalog &&
      (account === undefined || event.account === undefined || event.account === account),
  );
  const marks = new Map<string, Mark>();
  const unknown = new Set<string>();
  let echoes = 0;
  for (const event of ours) {
    for (const ref of event.opportunityIds) {
      const link = await store.linkByOpportunity(sync.name, ref);
      if (link === undefined) unknown.add(ref);
      else if (isEchoOfOurWrite(event.time, link)) echoes += 1;
      else marks.set(ref, { side: "aws", ref, reason: "aws:event" });
    }
  }
  const marked = await store.intake(sync.name, "events", [...marks.values()], undefined);
  const invitations = sync.invitations === undefined ? 0 : await toInbox(ours, unknown, options);
  return { accepted: ours.length, ignored: payloads.length - ours.length, marked, invitations, echoes };
}

/** New invitations, and opportunities that may have been referred: the next run reads them. */
async function toInbox(
  events: readonly PartnerCentralEvent[],
  opportunities: ReadonlySet<string>,
  { sync, store }: EngineOptions,
): Promise<number> {
  const received = events.flatMap(({ invitationId, participantType }) =>
    invitationId === undefined || participantType === "SENDER" ? [] : [invitationId],
  );
  const found = [];
  for (const id of new Set(received)) {
    // What becomes of one that is known, the next look at AWS's list tells.
    if ((await store.invitation(sync.name, id)) === undefined) found.push({ id, data: {} });
  }
  for (const id of opportunities) {
    if ((await store.invitation(sync.name, id)) === undefined) found.push(unknownOpportunity(id));
  }
  return found.length === 0 ? 0 : store.takeInvitations(sync.name, found);
}
