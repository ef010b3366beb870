import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { errorCode } from "./classify.ts";
import { beside } from "./lock.ts";
import { replaceFile } from "./replace-file.ts";

/** What is remembered of one record. */
export interface SeenRecord {
  /** Its version; `null` once it is gone. */
  readonly version: string | null;
  /** The number of its last change: changes are counted through, over all records. */
  readonly change: number;
  /** When it was found to be gone, milliseconds since 1970. */
  readonly goneAt?: number;
}

/**
 * What a file held when it was last looked at. Kept beside the file, so that what changed since can be told. A new
 * `epoch` means that the count began anew: cursors of an older one are lost.
 */
export interface Seen {
  readonly epoch: string;
  /** The number of the last change of all. */
  readonly last: number;
  /** Records that went with this change or an earlier one are forgotten. */
  readonly forgotten: number;
  /** How the file looked from outside. */
  readonly stamp: string;
  readonly records: ReadonlyMap<string, SeenRecord>;
}

const header = z.object({
  cosell: z.literal(1),
  epoch: z.string(),
  last: z.number(),
  forgotten: z.number(),
  stamp: z.string(),
  records: z.number(),
});
const line = z.tuple([z.string(), z.string().nullable(), z.number(), z.number().optional()]);

export function nothingSeen(): Seen {
  return { epoch: randomUUID(), last: 0, forgotten: 0, stamp: "", records: new Map() };
}

/** What was kept for a file; `undefined` when nothing was, or when it cannot be read to its end. */
export async function loadSeen(path: string): Promise<Seen | undefined> {
  try {
    const [first = "", ...lines] = (await readFile(beside(path, "seen"), "utf8")).trimEnd().split("\n");
    const { records: count, epoch, last, forgotten, stamp } = header.parse(JSON.parse(first));
    const records = lines.map((text): [string, SeenRecord] => {
      const [ref, version, change, goneAt] = line.parse(JSON.parse(text));
      return [ref, { version, change, ...(goneAt !== undefined && { goneAt }) }];
    });
    return records.length === count ? { epoch, last, forgotten, stamp, records: new Map(records) } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

export async function saveSeen(path: string, { records, ...head }: Seen): Promise<void> {
  await replaceFile(beside(path, "seen"), linesOf({ cosell: 1, ...head, records: records.size }, records));
}

async function* linesOf(head: z.input<typeof header>, records: Seen["records"]): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(head)}\n`);
  let lines: string[] = [];
  for (const [ref, { version, change, goneAt }] of records) {
    lines.push(`${JSON.stringify(goneAt === undefined ? [ref, version, change] : [ref, version, change, goneAt])}\n`);
    if (lines.length < 1000) continue;
    yield Buffer.from(lines.join(""));
    lines = [];
  }
  yield Buffer.from(lines.join(""));
}
