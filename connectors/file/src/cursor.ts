import { z } from "zod";

/** Where a reader of the changes stands: in which count of changes, and at which of them. */
const cursor = z.object({ v: z.literal(1), epoch: z.string(), at: z.number().int().nonnegative() });

export type Cursor = z.output<typeof cursor>;

/** `undefined` for text that is no cursor of this version. */
export function parseCursor(text: string): Cursor | undefined {
  try {
    return cursor.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function formatCursor(epoch: string, at: number): string {
  return JSON.stringify({ v: 1, epoch, at } satisfies Cursor);
}
