const iso = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/** Years that a deal can be about; anything else is a slip, and some have no four-digit form. */
const earliest = 1900;
const latest = 2200;

/** Is it a day of the calendar, `YYYY-MM-DD`? */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return year >= earliest && year < latest && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
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
  return instant >= Date.UTC(earliest) && instant < Date.UTC(latest);
}
