import { createHash } from "node:crypto";
import type { Connector, WebhookChange, WebhookRequest } from "@cosell/connector";
import type { SeenIds } from "../intake/seen-ids.ts";
import type { WebhookAnswer, WebhookSource } from "./webhook-source.ts";

export interface CrmWebhookOptions<Config> {
  /** The connection's name in the configuration. */
  readonly connection: string;
  readonly webhook: NonNullable<Connector<Config>["webhook"]>;
  readonly config: Config;
  readonly seen: SeenIds;
  readonly now: () => number;
  /** Stores the marks of changes. */
  readonly take: (changes: readonly WebhookChange[]) => Promise<unknown>;
}

/** A CRM that tells of changes by itself: the connector believes and reads it, a request that came before is refused. */
export function crmWebhook<Config>(options: CrmWebhookOptions<Config>): WebhookSource {
  const { connection, webhook, config, seen, now, take } = options;
  return {
    path: `crm/${connection}`,
    async receive(request: WebhookRequest): Promise<WebhookAnswer> {
      const outcome = webhook.receive(request, config, now());
      if (!outcome.ok) return { ok: false, why: outcome.why };
      // A CRM that tries again signs anew: the same proof twice is somebody else.
      const proof = `crm:${connection}:${createHash("sha256").update(request.body).update(proofOf(request)).digest("hex")}`;
      if (await seen.has(proof)) return { ok: false, why: "replayed" };
      const known = await Promise.all(outcome.changes.map(async ({ id }) => id !== undefined && seen.has(idOf(id))));
      const fresh = outcome.changes.filter((_, index) => known[index] !== true);
      if (fresh.length > 0) await take(fresh);
      await seen.add([proof, ...fresh.flatMap(({ id }) => (id === undefined ? [] : [idOf(id)]))]);
      return { ok: true, taken: fresh.length };
    },
  };

  function idOf(id: string): string {
    return `crm:${connection}:${id}`;
  }
}

/** Every header that could be part of a proof: not those that a proxy or the connection itself adds. */
function proofOf({ headers }: WebhookRequest): string {
  return Object.entries(headers)
    .filter(([name]) => /signature|timestamp|authorization|token|key/.test(name))
    .map(([name, value]) => `${name}:${value ?? ""}`)
    .toSorted()
    .join("\n");
}
