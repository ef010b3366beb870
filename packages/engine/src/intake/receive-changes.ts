import type { WebhookChange } from "@cosell/connector";
import type { EngineOptions } from "../engine.ts";
import { marksOfPage, type MarkWay } from "./marks-of-page.ts";

/**
 * Takes what the CRM told by itself of records of the sync's object, and marks their links. Makes no call. The end of a
 * record that no link knows marks nothing. Returns how many of the changes were the sync's.
 */
export async function receiveChanges(changes: readonly WebhookChange[], options: EngineOptions): Promise<number> {
  const { sync, store } = options;
  const { connection, mapping } = sync;
  const own = changes
    .filter(({ object }) => object === mapping.crm.object)
    .map((change) => ({
      ...change,
      ref: connection.canonicalRef(change.ref),
      ...(change.kind === "merge" && { survivor: connection.canonicalRef(change.survivor) }),
    }));
  // What a webhook calls a version is not what a read calls one.
  const way: MarkWay = { reason: "crm:webhook-upsert", priority: () => "normal", known: true };
  await store.intake(sync.name, "webhook", await marksOfPage(own, way, options), undefined);
  return own.length;
}
