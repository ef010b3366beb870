import { malformed } from "./parse.ts";

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

const day = 86_400_000;

/**
 * The span of a relative date such as `LAST_N_DAYS:30` or `THIS_QUARTER`, in milliseconds, end excluded. Days are
 * UTC's, weeks begin on Sunday, as in an org whose user lives in Greenwich with a US locale.
 */
export function rangeOfDateLiteral(literal: string, now: number): { readonly from: number; readonly to: number } {
  const [name = "", count = "1"] = literal.toUpperCase().split(":");
  const n = Number(count);
  const single: Readonly<Record<string, number>> = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 };
  const offset = single[name];
  if (offset !== undefined) return span("DAY", now, offset, offset + 1);
  if (name === "LAST_90_DAYS") return span("DAY", now, -90, 1);
  if (name === "NEXT_90_DAYS") return span("DAY", now, 1, 91);
  const [, unit, plural] = /(DAY|WEEK|MONTH|QUARTER|YEAR)(S?)(_AGO)?$/.exec(name) ?? [];
  if (!isUnit(unit)) throw malformed(`date literal ${name} is not supported by the emulator`);
  if (name.startsWith("N_")) return span(unit, now, -n, 1 - n);
  // The last days include today; the last weeks, months and years end before the current one.
  if (name.startsWith("LAST_")) return span(unit, now, -n, unit === "DAY" && plural === "S" ? 1 : 0);
  if (name.startsWith("NEXT_")) return span(unit, now, 1, n + 1);
  return span(unit, now, 0, 1);
}

function span(unit: Unit, now: number, from: number, to: number): { readonly from: number; readonly to: number } {
  return { from: startOf(unit, now, from), to: startOf(unit, now, to) };
}

/** When the unit begins that lies `offset` units from the one that `now` is in. */
function startOf(unit: Unit, now: number, offset: number): number {
  const date = new Date(now);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const today = Date.UTC(year, month, date.getUTCDate());
  switch (unit) {
    case "DAY":
      return today + offset * day;
    case "WEEK":
      return today - date.getUTCDay() * day + offset * 7 * day;
    case "MONTH":
      return Date.UTC(year, month + offset, 1);
    case "QUARTER":
      return Date.UTC(year, month - (month % 3) + offset * 3, 1);
    case "YEAR":
      return Date.UTC(year + offset, 0, 1);
  }
}

function isUnit(unit: string | undefined): unit is Unit {
  return unit !== undefined && ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"].includes(unit);
}
