import { announce } from "../events/announce.ts";
import type { Place } from "./call.ts";
import { settleTasks } from "./engagement-task.ts";
import { settledOpportunity } from "./opportunity-change.ts";
import { settleProspecting } from "./prospecting.ts";

/** Lets happen in all these places what the clock has made due, though nobody calls. */
export function settleAll(places: readonly Place[]): void {
  for (const place of places) {
    settleTasks(place);
    settleProspecting(place);
    for (const opportunity of Object.values(place.space.opportunities)) settledOpportunity(place, opportunity);
  }
  const [any] = places;
  if (any) expireInvitations(any);
}

/** Tells once of each invitation that nobody has answered in time. */
function expireInvitations(place: Place): void {
  for (const invitation of Object.values(place.state.invitations)) {
    const expiresAt = Date.parse(invitation.expiresAt);
    const isOpen = invitation.status === "PENDING" && invitation.submits === null && invitation.expiryTold !== true;
    if (!isOpen || expiresAt > place.now) continue;
    const expired = { ...invitation, expiryTold: true } as const;
    place.state.invitations[invitation.id] = expired;
    announce({ ...place, now: expiresAt, space: invitation }, "invitation-expires", { invitation: expired });
  }
}
