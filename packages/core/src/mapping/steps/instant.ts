const iso = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/** Years that a deal can be about; anything else is a slip, and some have no four-digit form. */
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/** Is it a day of the calendar, `YYYY-MM-DD`? */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const instant = Date.parse(text);
  return withinReach(instant) && new Date(instant).getUTCDate() === Number(text.slice(8));
}

/**
 * Milliseconds since 1970 of an ISO 8601 time (UTC where it names no offset), or of a text of such milliseconds.
 * `undefined` for anything else.
 */
export function instantOf(text: string): number | undefined {
  if (/^-?\d{11,13}$/u.test(text)) return withinReach(Number(text)) ? Number(text) : undefined;
  const match = iso.exec(text);
  if (match === null || !isCalendarDate(match[1] ?? "")) return undefined;
  // Salesforce writes +0000, and nanoseconds are more than Date takes.
  const normal = text
    .replace(" ", "T")
    .replace(",", ".")
    .replace(/(\.\d{3})\d+/u, "$1")
    .replace(/([+-]\d{2})(\d{2})$/u, "$1:$2");
  const instant = Date.parse(match[2] === undefined ? `${normal}Z` : normal);
  return withinReach(instant) ? instant : undefined;
}

function withinReach(instant: number): boolean {
  return instant >= earliest && instant < latest;
}
