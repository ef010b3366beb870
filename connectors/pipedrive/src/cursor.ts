import { z } from "zod";

/**
 * Where a walk through the changes stands. A walk looks at one closed window of time, stream by stream; only a finished
 * window moves `since`.
 */
const cursor = z.object({
  v: z.literal(1),
  /** End of the last finished window; absent while everything that exists is listed for the first time. */
  since: z.iso.datetime().optional(),
  /** End of the window that is being walked; absent between two windows. */
  until: z.iso.datetime().optional(),
  /** The stream that is being walked, by its place in the list of streams. */
  stream: z.string().default(""),
  /** Pipedrive's own cursor inside the stream. */
  page: z.string().optional(),
  /** Related records whose change was told and that the overlap will show again: id and version. */
  told: z.record(z.string(), z.string()).optional(),
  /** Related records that changed, whose dependents are still to be listed; `page` is within the first one's. */
  dependents: z.object({ ids: z.array(z.number()), page: z.string().optional() }).optional(),
});

export type Cursor = z.output<typeof cursor>;

/** `undefined` for text that is no cursor of this version. */
export function parseCursor(text: string): Cursor | undefined {
  try {
    return cursor.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function formatCursor(value: Cursor): string {
  return JSON.stringify(value);
}

/** Related records that are remembered: enough for ordinary work, and no burden on who stores the cursor. */
const toldLimit = 500;

/** Remembers what was told. What is forgotten beyond the limit, oldest first, is told once more. */
export function remember(
  told: Readonly<Record<string, string>> | undefined,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const newestFirst = Object.entries({ ...told, ...more }).sort(([, one], [, other]) => (one > other ? -1 : 1));
  return Object.fromEntries(newestFirst.slice(0, toldLimit));
}

/** Forgets what no window will show again. @param from the beginning of the next window */
export function forget(
  told: Readonly<Record<string, string>> | undefined,
  from: number,
): Readonly<Record<string, string>> {
  // A version begins with the stamp.
  return Object.fromEntries(
    Object.entries(told ?? {}).filter(([, version]) => Date.parse(version.split(" ")[0] ?? "") >= from),
  );
}
