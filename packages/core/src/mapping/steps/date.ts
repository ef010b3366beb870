import { Problem } from "../problem.ts";
import { instantOf, isCalendarDate } from "./instant.ts";
import type { ScalarStep } from "./step.ts";

const message = "is not a date: write it as YYYY-MM-DD";

/**
 * A day, `YYYY-MM-DD`. A date stays the day that it is; a time (ISO 8601, or milliseconds since 1970) becomes its day in
 * `zone`, UTC unless said: `{ date: { zone: America/New_York } }`.
 */
export const date: ScalarStep = {
  takes: "date",
  gives: "date",
  arguments: { zone: "optional" },
  prepare({ zone = "UTC" }) {
    const dayIn = zone === "UTC" ? dayInUtc : dayInZone(zone);
    if (dayIn === undefined)
      return new Problem("bad-argument", "cannot be placed: the step's zone is not a time zone such as Europe/Berlin");
    return (given) => {
      const text = given.trim();
      if (text.length === 10) return isCalendarDate(text) ? text : new Problem("bad-date", message);
      const instant = instantOf(text);
      return instant === undefined ? new Problem("bad-date", message) : dayIn(instant);
    };
  },
};

function dayInUtc(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function dayInZone(zone: string): ((instant: number) => string) | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    return (instant) => format.format(instant);
  } catch {
    return undefined;
  }
}
