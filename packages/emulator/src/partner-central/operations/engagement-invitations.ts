import type { JsonObject } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { invitationsOf } from "../invitation.ts";
import { isWanted, pageOf, sorted } from "../paging.ts";
import { textAt } from "../paths.ts";
import { notFound } from "../refusal.ts";

/** GetEngagementInvitation, by id or ARN. */
export function getEngagementInvitation(call: Call): JsonObject {
  const id = required(call, "Identifier");
  const found = invitationsOf(call.space, call.now).find((invitation) => invitation.Id === id || invitation.Arn === id);
  if (found === undefined) throw notFound("Engagement invitation", id);
  return found;
}

/** ListEngagementInvitations. Nobody sends invitations in this release: as SENDER the list is empty. */
export function listEngagementInvitations(call: Call): JsonObject {
  const wantedType = listOf(call, "PayloadType");
  const found = invitationsOf(call.space, call.now).filter(
    (invitation) =>
      call.input.ParticipantType === "RECEIVER" &&
      isWanted(wantedType, invitation.PayloadType) &&
      isWanted(listOf(call, "Status"), invitation.Status) &&
      isWanted(listOf(call, "EngagementIdentifier"), invitation.EngagementId) &&
      isWanted(listOf(call, "SenderAwsAccountId"), invitation.SenderAwsAccountId),
  );
  const keys = { InvitationDate: (invitation: JsonObject) => textAt(invitation, "InvitationDate") ?? "" };
  const order = {
    sortBy: "InvitationDate",
    order: "DESCENDING",
    id: (invitation: JsonObject) => textAt(invitation, "Id") ?? "",
  } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  const summaries = items.map((item) => ({ ...item, ParticipantType: "RECEIVER" }));
  return { EngagementInvitationSummaries: summaries, NextToken };
}
