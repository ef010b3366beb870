import { settleProfileTask } from "./profile-task.ts";
import { settleQualifications } from "./qualifications.ts";
import type { PartnerCentralAccountState } from "./state.ts";
import { settleVerifications } from "./verification.ts";

/** Does what time alone brings about: tasks and verifications that are due end. */
export function settle(state: PartnerCentralAccountState, now: number): void {
  settleVerifications(state, now);
  settleQualifications(state, now);
  for (const space of Object.values(state.spaces)) settleProfileTask(state, space, now);
}
