import { raiseAlarm } from "../raise-alarm.ts";
import { type Invited, keep } from "./invited.ts";

/** Tells a person of an invitation that waits and is about to expire: once for every time that the settings name. */
export async function warnOfExpiry(invited: Invited): Promise<void> {
  const { invitation, settings, options } = invited;
  const { id, expiresAt, alarmedAt, title, customer } = invitation;
  const now = options.clock.now();
  if (expiresAt === undefined || expiresAt <= now) return;
  const due = settings.alarmMs.map((before) => expiresAt - before).filter((at) => at <= now);
  if (due.length === 0 || (alarmedAt !== undefined && due.every((at) => at <= alarmedAt))) return;
  raiseAlarm({ kind: "invitation-expiring", invitationId: id, title, customer, expiresAt }, options);
  await keep(invited, { alarmedAt: now });
}
