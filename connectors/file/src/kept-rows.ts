import { type Read, rowsOf } from "./rows.ts";
import { stampOf } from "./stamp.ts";
import type { OpenObject } from "./store.ts";

/** Files up to this size are read once for many calls, as long as nobody touches them. Bytes. */
const largestKept = 32 * 1024 * 1024;

/** What was read of one file, and how the file looked then. */
export interface KeptRows {
  readonly stamp: string;
  readonly rows: readonly Read[];
}

/** The content as {@link rowsOf} gives it, from memory where the file is small and did not change since. */
export async function* currentRows(opened: OpenObject): AsyncGenerator<Read, void, undefined> {
  const { path, kept, signal } = opened;
  signal();
  const stamp = await stampOf(path);
  const known = kept.get(path);
  if (known?.stamp === stamp.text && !stamp.fresh) {
    yield* known.rows;
    return;
  }
  kept.delete(path);
  if (stamp.bytes > largestKept) {
    yield* rowsOf(opened);
    return;
  }
  const rows: Read[] = [];
  for await (const row of rowsOf(opened)) rows.push(row);
  const after = await stampOf(path);
  if (!stamp.fresh && after.text === stamp.text) kept.set(path, { stamp: stamp.text, rows });
  yield* rows;
}
