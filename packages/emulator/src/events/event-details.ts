import type { JsonObject } from "../kernel/index.ts";
import { companyName } from "../partner-central/invitation.ts";
import type { PartnerCentralSettings } from "../partner-central/settings.ts";
import type { Catalog, StoredEngagement, StoredInvitation, StoredSnapshot } from "../partner-central/state.ts";
import { sharedArn } from "../partner-central-shared/identifiers.ts";
import type { EventType } from "./event-actions.ts";

/** What an action has touched. What is absent it has not touched. */
export interface EventSubject {
  /** Of the account that acts, or that AWS acts on. */
  readonly opportunity?: { readonly id: string; readonly account: string };
  readonly engagement?: StoredEngagement;
  /** The account that has joined {@link engagement}: 12 digits or `aws`. */
  readonly member?: string;
  readonly invitation?: StoredInvitation;
  readonly snapshot?: StoredSnapshot;
}

/** One event for those whom it concerns: 12 digits, or `aws`, who gets none. */
export interface EventContent {
  readonly accounts: readonly string[];
  readonly resources: readonly string[];
  /** As the account gets it: an invitation says on which side of it the account is. */
  detailFor(account: string): JsonObject;
}

interface Context {
  readonly catalog: Catalog;
  readonly settings: PartnerCentralSettings;
  /** The members of an engagement. */
  readonly membersOf: (engagementId: string) => readonly string[];
}

type Build = (subject: EventSubject, context: Context) => EventContent | undefined;

/** How each type is made; nothing when the action has not touched what it tells of. `schemaVersion` is as captured. */
export const eventContents: Readonly<Record<EventType, Build>> = {
  "Opportunity Created": opportunity,
  "Opportunity Updated": opportunity,
  "Engagement Invitation Created": (subject, context) =>
    invitation(subject, context, ({ sender, expiresAt }) => ({
      senderCompanyName: companyName(sender, context.settings),
      expirationDate: expiresAt,
    })),
  "Engagement Invitation Accepted": invitation,
  "Engagement Invitation Rejected": invitation,
  "Engagement Invitation Expired": invitation,
  "Engagement Created": ({ engagement }, context) =>
    engagement &&
    ofEngagement(engagement, context, { CreatedAt: engagement.createdAt, CreatedBy: engagement.createdBy }),
  "Engagement Updated": ({ engagement }, context) =>
    engagement &&
    ofEngagement(engagement, context, {
      LastModifiedAt: engagement.modifiedAt,
      LastModifiedBy: engagement.modifiedBy,
      ContextTypes: [...new Set(engagement.contexts.map(({ Type }) => Type))],
    }),
  "Engagement Member Added": ({ engagement, member }, { catalog, settings }) =>
    engagement && member !== undefined
      ? {
          accounts: [...new Set([...engagement.members, member])],
          resources: [sharedArn(catalog, "engagement", engagement.id)],
          detailFor: () => ({
            schemaVersion: "1",
            catalog,
            engagement: { id: engagement.id },
            engagementMember: { accountId: member, companyName: companyName(member, settings) },
          }),
        }
      : undefined,
  "Engagement Resource Snapshot Created": ({ snapshot }, { catalog, membersOf }) => {
    if (snapshot === undefined) return undefined;
    const members = membersOf(snapshot.engagementId);
    return {
      accounts: [...new Set([snapshot.createdBy, ...members])],
      resources: [sharedArn(catalog, "engagement", snapshot.engagementId)],
      detailFor: () => ({
        schemaVersion: "1",
        catalog,
        resourceSnapshot: {
          arn: snapshot.arn,
          engagementId: snapshot.engagementId,
          resourceId: snapshot.resourceId,
          resourceType: "Opportunity",
          createdBy: snapshot.createdBy,
          targetMemberAccounts: members.filter((member) => member !== snapshot.createdBy),
          resourceSnapshotTemplateName: snapshot.template,
        },
      }),
    };
  },
};

function opportunity({ opportunity: touched }: EventSubject, { catalog }: Context): EventContent | undefined {
  if (touched === undefined) return undefined;
  return {
    accounts: [touched.account],
    resources: [],
    detailFor: () => ({ schemaVersion: "1", catalog, opportunity: { identifier: touched.id } }),
  };
}

function invitation(
  { invitation: touched }: EventSubject,
  _: Context,
  more: (invitation: StoredInvitation) => JsonObject = () => ({}),
): EventContent | undefined {
  if (touched === undefined) return undefined;
  const { id, catalog, sender, receiver } = touched;
  const arn = sharedArn(catalog, "engagement-invitation", id);
  return {
    accounts: [...new Set([receiver, sender])],
    resources: [arn],
    detailFor: (account) => ({
      catalog,
      schemaVersion: "1.0",
      engagementInvitation: {
        arn,
        id,
        engagementId: touched.engagementId,
        senderAccountId: sender,
        receiverAccountId: receiver,
        ...more(touched),
        participantType: account === receiver ? "RECEIVER" : "SENDER",
        payloadType: touched.payloadType,
      },
    }),
  };
}

function ofEngagement({ id, members }: StoredEngagement, { catalog }: Context, more: JsonObject): EventContent {
  const engagementArn = sharedArn(catalog, "engagement", id);
  return {
    accounts: members,
    resources: [engagementArn],
    detailFor: () => ({
      catalog,
      schemaVersion: "1.0",
      engagement: { engagementArn, engagementId: id, ...more },
    }),
  };
}
