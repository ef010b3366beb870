import assert from "node:assert/strict";
import type { Change, ChangesRequest, Connection } from "../connector.ts";

/** Reads pages until the feed has nothing more. Fails when a page is too long, or the feed never ends. */
export async function drain(
  connection: Connection,
  request: ChangesRequest,
): Promise<{ readonly changes: readonly Change[]; readonly cursor: string }> {
  const changes: Change[] = [];
  let { cursor } = request;
  for (let pages = 0; pages < 1000; pages += 1) {
    const page = await connection.changes({ ...request, ...(cursor !== undefined && { cursor }) });
    assert.ok(page.cursorLost !== true, "the cursor that the connector gave itself is lost");
    if (request.limit !== undefined)
      assert.ok(
        page.changes.length <= request.limit,
        `a page has ${page.changes.length} changes, ${request.limit} were asked for`,
      );
    changes.push(...page.changes);
    cursor = page.cursor;
    if (page.caughtUp) return { changes, cursor };
  }
  throw new assert.AssertionError({ message: "the feed was not caught up after 1000 pages" });
}

/** The refs of the changes, without repeats, sorted. */
export function refsOf(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.map(({ ref }) => ref))].sort();
}
