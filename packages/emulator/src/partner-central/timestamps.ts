import { randomText, seededRandomness } from "../kernel/index.ts";
import type { PartnerCentralSettings } from "./settings.ts";

/** As AWS writes it: a fraction of three digits, none when it is zero. */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** Whole seconds: `CreatedDate`. */
export function wholeSeconds(instant: number): string {
  return timestamp(Math.floor(instant / 1000) * 1000);
}

/** With nine digits, as AWS gives tasks and invitations: what JavaScript's `Date` cuts off. The digits follow from `salt`. */
export function nanoseconds(instant: number, salt: number): string {
  const below = randomText(seededRandomness(salt), 6, "123456789");
  return new Date(instant).toISOString().replace("Z", `${below}Z`);
}

/**
 * The stamp of a change at `now`. In milliseconds two changes of one record never share a stamp, even while the clock stands
 * still; in whole seconds they can, as at AWS.
 */
export function stampAfter(previous: number, now: number, { timestamps }: PartnerCentralSettings): number {
  return timestamps === "seconds"
    ? Math.max(Math.floor(now / 1000) * 1000, Math.floor(previous / 1000) * 1000)
    : Math.max(now, previous + 1);
}
