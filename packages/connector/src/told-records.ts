/** Related records whose change was told and that the overlap will show again: id and version, which begins with its stamp. */
export type ToldRecords = Readonly<Record<string, string>>;

/** Related records that are remembered: enough for a quarter of an hour of ordinary work, and no burden on who stores the cursor. */
const toldLimit = 500;

/** Remembers what was told. What is forgotten beyond the limit, oldest first, is told once more. */
export function rememberTold(told: ToldRecords | undefined, more: ToldRecords): Record<string, string> {
  const newestFirst = Object.entries({ ...told, ...more }).sort(([, one], [, other]) => (one > other ? -1 : 1));
  return Object.fromEntries(newestFirst.slice(0, toldLimit));
}

/** Forgets what no window will show again. @param from the beginning of the next window, milliseconds since 1970 */
export function forgetTold(told: ToldRecords | undefined, from: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(told ?? {}).filter(([, version]) => Date.parse(version.split(" ")[0] ?? "") >= from),
  );
}
