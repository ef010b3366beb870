import { memberOf, objectOf, textOf, unwrap } from "./envelope.ts";
import { catalogIn, idsIn, namesIn } from "./event-names.ts";

/** One event of Partner Central, reduced to what tells a sync where to look. */
export interface PartnerCentralEvent {
  /** EventBridge's id; AWS sends one change under several ids, so it tells repetitions of delivery only. */
  readonly id: string | undefined;
  /** `aws.partnercentral-selling` or `aws.partnercentral-account`, in lower case. */
  readonly source: string;
  /** `Opportunity Updated` …, as AWS wrote it; AWS adds types without notice. */
  readonly type: string;
  /** `AWS`, `Sandbox`, or what AWS may add. An event of another catalog than one's own is not one's own. */
  readonly catalog: string | undefined;
  /** The AWS account on whose bus it came, 12 digits. */
  readonly account: string | undefined;
  /** When it happened, as AWS wrote it. */
  readonly time: string | undefined;
  /** Without repetitions, in the order in which they stand. */
  readonly opportunityIds: readonly string[];
  readonly engagementId?: string;
  readonly invitationId?: string;
  /** Of the Account API: two partners who are connected, or were. */
  readonly connectionId?: string;
  /** Of the Account API: one partner asks another one to connect. */
  readonly connectionInvitationId?: string;
  /** `RECEIVER` or `SENDER`, in upper case. */
  readonly participantType?: string;
  /** `OpportunityInvitation`, `LeadInvitation` …, as AWS wrote it. */
  readonly payloadType?: string;
}

/**
 * Reads an event as EventBridge sends it, also inside a message of SQS or a notification of SNS, as text or parsed.
 * Lenient, since AWS's documentation and its events differ: names are compared without regard to case, versions are not
 * looked at, unknown types and members are fine, ids are found in members and in ARNs. `undefined`: nothing that Partner
 * Central sent. Pure; never throws.
 */
export function parseEvent(body: unknown): PartnerCentralEvent | undefined {
  const envelope = unwrap(body);
  if (envelope === undefined) return undefined;
  const source = textOf(memberOf(envelope, "source"))?.toLowerCase();
  const type = textOf(memberOf(envelope, "detail-type"));
  if (source === undefined || type === undefined || !source.startsWith("aws.partnercentral")) return undefined;
  const detail = objectOf(memberOf(envelope, "detail")) ?? {};
  const names = [...namesIn(detail), ...namesIn({ resources: memberOf(envelope, "resources") })];
  const ids = idsIn(names);
  const [engagementId] = ids.engagementIds;
  const [invitationId] = ids.invitationIds;
  const [connectionId] = ids.connectionIds;
  const [connectionInvitationId] = ids.connectionInvitationIds;
  const participantType = shallowText(detail, "participantType")?.toUpperCase();
  const payloadType = shallowText(detail, "payloadType");
  return {
    id: textOf(memberOf(envelope, "id")),
    source,
    type,
    catalog: catalogIn(textOf(memberOf(detail, "catalog")), names),
    account: textOf(memberOf(envelope, "account")),
    time: textOf(memberOf(envelope, "time")),
    opportunityIds: ids.opportunityIds,
    ...(engagementId !== undefined && { engagementId }),
    ...(invitationId !== undefined && { invitationId }),
    ...(connectionId !== undefined && { connectionId }),
    ...(connectionInvitationId !== undefined && { connectionInvitationId }),
    ...(participantType !== undefined && { participantType }),
    ...(payloadType !== undefined && { payloadType }),
  };
}

/** The member of the detail, or of one of the objects right under it. */
function shallowText(detail: Readonly<Record<string, unknown>>, name: string): string | undefined {
  return [detail, ...Object.values(detail).map(objectOf)]
    .map((holder) => holder && textOf(memberOf(holder, name)))
    .find((text) => text !== undefined);
}
