/** How Salesforce writes an instant: `2026-03-08T12:00:00.000+0000`. */
export function writeInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "+0000");
}

/** Milliseconds since 1970; `NaN` for what is no instant. Takes `Z`, `+00:00` and `+0000`. */
export function readInstant(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return Number.NaN;
  return Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}

/** The day of `YYYY-MM-DD`, or of an instant; `undefined` for what is no day of the calendar. */
export function readDay(text: string): string | undefined {
  const day = /^(\d{4}-\d\d-\d\d)(T.*)?$/.exec(text)?.[1];
  if (day === undefined) return undefined;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : undefined;
}
