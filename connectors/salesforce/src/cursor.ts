import { z } from "zod";

/**
 * Where a walk through the changes stands. A walk looks at one closed window of time, stream by stream, each in the
 * order of ids; only a finished window moves `since`.
 */
const cursor = z.object({
  v: z.literal(1),
  /** End of the last finished window; absent while everything that exists is listed for the first time. */
  since: z.iso.datetime().optional(),
  /** End of the window that is being walked; absent between two windows. */
  until: z.iso.datetime().optional(),
  /** The stream that is being walked. `""` is the object itself, else the name of a related object. */
  stream: z.string().default(""),
  /** Last id of the stream that was looked at. */
  after: z.string().optional(),
  /** Related records whose change was told and that the overlap will show again: id and stamp. */
  told: z.record(z.string(), z.string()).optional(),
  /** Related records that changed, and how far the records that depend on them are listed. */
  dependents: z.object({ ids: z.array(z.string()), link: z.string(), after: z.string().optional() }).optional(),
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
