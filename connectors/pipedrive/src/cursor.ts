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
