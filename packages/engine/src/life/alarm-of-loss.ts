import type { Link, LinkStatus } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { raiseAlarm } from "../raise-alarm.ts";

/** Tells a person, once, that a link has lost one of its sides. Nothing is deleted on the other one. */
export function alarmOfLoss(before: Link, after: LinkStatus | undefined, options: EngineOptions): void {
  const { crmRef, opportunityId } = before;
  if (opportunityId === undefined || after === before.status) return;
  if (after === "orphaned") raiseAlarm({ kind: "record-gone", crmRef, opportunityId }, options);
  if (after === "lost") raiseAlarm({ kind: "opportunity-gone", crmRef, opportunityId }, options);
}
