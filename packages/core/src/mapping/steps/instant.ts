const iso = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/** Years that a deal can be about; anything else is a slip, and some have no four-digit form. */
const earliest = 1900;
const latest = 2200;

/** Is it a day of the calendar, `YYYY-MM-DD`? */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 10 || text[4] !== "-" || text[7] !== "-") return false;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  return year >= earliest && year < latest && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The number that the digits from `start` to `end` write; `NaN` where one is none. Every date is read twice: this is quick. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    number = digit >= 0 && digit <= 9 ? 10 * number + digit : NaN;
  }
  return number;
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
