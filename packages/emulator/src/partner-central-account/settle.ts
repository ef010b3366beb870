import { placeIn, type World } from "./call.ts";
import { announceExpiry } from "./connection-events.ts";
import { settleProfileTask } from "./profile-task.ts";
import { settleQualifications } from "./qualifications.ts";
import { accountSpaceOf } from "./state.ts";
import { settleVerifications } from "./verification.ts";

/** Does what time alone brings about: tasks and verifications that are due end, invitations that nobody answered expire. */
export function settle(world: World): void {
  const state = world.state();
  const now = world.clock.now();
  settleVerifications(state, now);
  settleQualifications(state, now);
  for (const space of Object.values(state.spaces)) settleProfileTask(state, space, now);
  expireInvitations(world);
}

/** Tells once of each invitation that nobody has answered in time. */
function expireInvitations(world: World): void {
  const state = world.state();
  for (const invitation of Object.values(state.connectionInvitations)) {
    const { id, sender, catalog, status, expiresAt } = invitation;
    if (status !== "PENDING" || invitation.expiryTold === true || expiresAt > world.clock.now()) continue;
    state.connectionInvitations[id] = { ...invitation, expiryTold: true };
    announceExpiry({ ...placeIn(world, accountSpaceOf(state, sender, catalog)), now: expiresAt }, invitation);
  }
}
