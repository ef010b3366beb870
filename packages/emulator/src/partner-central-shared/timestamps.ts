/** As AWS writes it: a fraction of three digits, none when it is zero. */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** Whole seconds: `CreatedDate`. */
export function wholeSeconds(instant: number): string {
  return timestamp(Math.floor(instant / 1000) * 1000);
}

/**
 * With nine digits, as AWS gives tasks, engagements and invitations: what JavaScript's `Date` cuts off. The digits rise with
 * `order`, how many ids were given out, so that what comes later within one millisecond sorts later.
 */
export function nanoseconds(instant: number, order: number): string {
  const below = String(100_000 + (order % 900_000));
  return new Date(instant).toISOString().replace("Z", `${below}Z`);
}

/**
 * The stamp of a change at `now`. In milliseconds two changes of one record never share a stamp, even while the clock stands
 * still; in whole seconds they can, as at AWS.
 */
export function stampAfter(
  previous: number,
  now: number,
  { timestamps }: { readonly timestamps: "milliseconds" | "seconds" },
): number {
  return timestamps === "seconds"
    ? Math.max(Math.floor(now / 1000) * 1000, Math.floor(previous / 1000) * 1000)
    : Math.max(now, previous + 1);
}

/** Whether two texts name one instant, as exactly as asked. However the fraction and the offset are written. */
export function isSameInstant(a: string, b: string, precision: "nanoseconds" | "milliseconds"): boolean {
  const digits = precision === "nanoseconds" ? 9 : 3;
  const [left, right] = [instantOf(a, digits), instantOf(b, digits)];
  return left !== undefined && left === right;
}

function instantOf(text: string, digits: number): string | undefined {
  const match = /^([^.]+)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const [, seconds = "", fraction = "", offset = ""] = match ?? [];
  const instant = Date.parse(seconds + offset);
  return Number.isNaN(instant) ? undefined : `${instant}.${fraction.padEnd(9, "0").slice(0, digits)}`;
}
