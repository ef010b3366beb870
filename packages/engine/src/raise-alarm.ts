import { type Alarm, alarmMessage } from "./alarm.ts";
import type { EngineOptions } from "./engine.ts";

/** Tells whoever listens, and the log. A listener that throws does not stop the work. */
export function raiseAlarm(alarm: Alarm, { logger, onAlarm }: Pick<EngineOptions, "logger" | "onAlarm">): void {
  logger.warn(alarmMessage(alarm), { alarm: alarm.kind });
  try {
    onAlarm?.(alarm);
  } catch {
    logger.warn("a listener for alarms failed", { alarm: alarm.kind });
  }
}
