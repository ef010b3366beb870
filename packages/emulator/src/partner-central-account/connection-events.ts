import type { JsonObject } from "../kernel/index.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import type { Place } from "./call.ts";
import { connectionArn, otherAccount } from "./connection.ts";
import { invitationArn } from "./connection-invitation.ts";
import { withoutNulls } from "./without-nulls.ts";
import type { ConnectionType, StoredConnection, StoredConnectionInvitation } from "./state.ts";

/**
 * The Account API's events, whom they go to and what they say, as AWS's developer guide prints them ("account-api-events"):
 * no captured one is known. As in captured events of the Selling API, `version` is "0" where the guide prints "1".
 */
const source = "aws.partnercentral-account";

/** The receiver is told that somebody wants to connect. */
export function announceInvitation(place: Place, invitation: StoredConnectionInvitation): void {
  tell(place, "Partner Connection Invitation Received", [invitation.receiver], [invitationArn(invitation)], {
    connectionInvitation: {
      ...invitationHead(invitation),
      inviterEmail: invitation.inviterEmail,
      invitationMessage: invitation.message,
      senderCompanyName: companyName(place, invitation.sender),
      senderProfileId: profileId(place, invitation.sender),
      expiresAt: timestamp(invitation.expiresAt),
    },
  });
}

/** Both are told that they are connected. */
export function announceAcceptance(
  place: Place,
  invitation: StoredConnectionInvitation,
  connection: StoredConnection,
): void {
  const { sender, receiver } = invitation;
  const resources = [invitationArn(invitation), connectionArn(connection)];
  tell(place, "Partner Connection Invitation Accepted", [sender, receiver], resources, {
    connectionInvitation: invitationHead(invitation),
    connection: {
      arn: connectionArn(connection),
      id: connection.id,
      Participant1AccountId: sender,
      Participant2AccountId: receiver,
      status: "ACTIVE",
    },
  });
}

/** The sender is told that the receiver does not want to. */
export function announceRejection(place: Place, invitation: StoredConnectionInvitation): void {
  tell(place, "Partner Connection Invitation Rejected", [invitation.sender], [invitationArn(invitation)], {
    connectionInvitation: {
      ...invitationHead(invitation),
      invitationMessage: invitation.message,
      receiverProfileId: profileId(place, invitation.receiver),
    },
  });
}

/** The receiver is told that the sender has taken the invitation back. */
export function announceWithdrawal(place: Place, invitation: StoredConnectionInvitation): void {
  tell(place, "Partner Connection Invitation Cancelled", [invitation.receiver], [invitationArn(invitation)], {
    connectionInvitation: {
      ...invitationHead(invitation),
      invitationMessage: invitation.message,
      senderProfileId: profileId(place, invitation.sender),
    },
  });
}

/** Both are told that nobody has answered in time. */
export function announceExpiry(place: Place, invitation: StoredConnectionInvitation): void {
  const { sender, receiver } = invitation;
  tell(place, "Partner Connection Invitation Expired", [sender, receiver], [invitationArn(invitation)], {
    connectionInvitation: {
      ...invitationHead(invitation),
      inviterEmail: invitation.inviterEmail,
      invitationMessage: invitation.message,
      senderProfileId: profileId(place, sender),
      receiverProfileId: profileId(place, receiver),
    },
  });
}

/** The other partner is told that the account has ended a connection. */
export function announceEnd(place: Place, connection: StoredConnection, type: ConnectionType): void {
  const arn = connectionArn(connection);
  tell(place, "Partner Connection Cancelled", [otherAccount(place, connection)], [arn], {
    connection: { arn, id: connection.id, connectionType: eventTypes[type], canceledBy: place.space.account },
  });
}

/** The guide's events spell these in another way than the API. */
const eventTypes: Readonly<Record<ConnectionType, string>> = {
  OPPORTUNITY_COLLABORATION: "OpportunityCollaboration",
  SUBSIDIARY: "Subsidiary",
};

function invitationHead(invitation: StoredConnectionInvitation): JsonObject {
  return { arn: invitationArn(invitation), id: invitation.id, connectionType: eventTypes[invitation.type] };
}

function companyName({ state, space, shared }: Place, account: string): string {
  const legalName = state.spaces[`${account}/${space.catalog}`]?.partner?.legalName;
  return legalName ?? shared.companyNames[account] ?? `Partner ${account}`;
}

/** Null for an account that is no partner: the settings may let one connect without a profile. */
function profileId({ state, space }: Place, account: string): string | null {
  return state.spaces[`${account}/${space.catalog}`]?.partner?.profileId ?? null;
}

function tell(
  { publish, space: { catalog }, now }: Place,
  type: string,
  accounts: readonly string[],
  resources: readonly string[],
  detail: JsonObject,
): void {
  for (const account of accounts) {
    publish({ type, source, account, at: now, resources, detail: withoutNulls({ catalog, ...detail }) });
  }
}
