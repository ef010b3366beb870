import { Problem } from "../problem.ts";
import { instantOf, isCalendarDate } from "./instant.ts";
import type { ScalarStep } from "./step.ts";

/**
 * A time in UTC, `2026-12-31T12:00:00.000Z`. A date without a time is placed at `time` (UTC): `{ datetime: { time: "12:00" } }`
 * keeps the day the same for readers on both sides of the world.
 */
export const datetime: ScalarStep = {
  takes: "date",
  gives: "date",
  arguments: { time: "optional" },
  prepare({ time = "00:00" }) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/u.test(time))
      return new Problem("bad-argument", 'cannot be placed: the step\'s time is written as "12:00"');
    return (given) => {
      const text = given.trim();
      const instant = isCalendarDate(text) ? Date.parse(`${text}T${time}:00Z`) : instantOf(text);
      return instant === undefined
        ? new Problem("bad-date", "is not a time: write it as 2026-12-31T12:00:00Z")
        : new Date(instant).toISOString();
    };
  },
};
