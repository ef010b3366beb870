import type { Change } from "@cosell/connector";
import { z } from "zod";

const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("upsert"), ref: z.string(), version: z.string() }),
  z.object({ kind: z.literal("delete"), ref: z.string() }),
  z.object({ kind: z.literal("merge"), ref: z.string(), survivor: z.string() }),
]);

/** Where the reading of the Webhooks Journal stands. */
const journalPlace = z.object({
  /** The last file that was told whole; absent: none, so the next one is the earliest that there is. */
  offset: z.string().optional(),
  /** When that file was published: an offset ends with its file. */
  offsetAt: z.iso.datetime().optional(),
  /** More may have been there when it was last looked at. */
  behind: z.boolean().optional(),
  /** How many of the events of the file behind it are told already. */
  told: z.object({ file: z.string(), events: z.int().nonnegative() }).optional(),
  /** What happened before is known already. */
  from: z.iso.datetime(),
  /** When the journal had nothing more. */
  readAt: z.iso.datetime(),
});

export type JournalPlace = z.output<typeof journalPlace>;

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
  /** The stream that is being walked. `""` is the object itself, then the names of related objects, then `~archived` and `~sweep`. */
  stream: z.string().default(""),
  /** Last id of the stream that was looked at. */
  after: z.string().optional(),
  /** Where the next page begins when the one before was empty: an offset behind `after`. */
  offset: z.string().optional(),
  /** When the archived records were last looked through. */
  archivedAt: z.iso.datetime().optional(),
  /** When every record was last looked through. */
  sweptAt: z.iso.datetime().optional(),
  /** Related records whose change was told and that the overlap will show again: id and stamp. */
  told: z.record(z.string(), z.string()).optional(),
  /** What was found and did not fit into the page. */
  pending: z.array(change).optional(),
  /** Where the journal goes on, between two windows of the search and wherever it can be used again. */
  journal: journalPlace.optional(),
});

export type Cursor = Omit<z.output<typeof cursor>, "pending"> & { readonly pending?: readonly Change[] | undefined };

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
