import type { JsonValue } from "@cosell/connector";

/** Stands for a value that is personal or confidential. */
export const hidden = "‹hidden›";
const longest = 48;

/** A value in a few words, for a table: lists and objects as JSON, long text cut. */
export function shortValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === "") return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Seconds as a person says them: `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return joined(`${minutes} min`, whole % 60, "s");
  return joined(`${Math.floor(minutes / 60)} h`, minutes % 60, "min");
}

const joined = (first: string, rest: number, unit: string): string => (rest === 0 ? first : `${first} ${rest} ${unit}`);

/** `1 deal`, `2 deals`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A moment for people, in UTC: `2026-11-21 03:44:56`. */
export const moment = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace("T", " ").slice(0, 19);

const ownId = /\b(?:O\d{5,}|(?=[A-Za-z]*\d)[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?|\d{6,})\b/g;

/** A sentence without the ids in it: they tell one deal from another, not one cause from another. */
export const withoutIds = (sentence: string): string => sentence.replaceAll(ownId, "…");
