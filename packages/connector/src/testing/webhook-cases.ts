import assert from "node:assert/strict";
import type { ConnectorWebhook, WebhookOutcome, WebhookRequest } from "../connector.ts";
import { type CaseContext, type Claim, type ConformanceCase, offered } from "./conformance-case.ts";

const takesWebhooks: Claim = { name: "webhook", made: ({ webhook }) => webhook !== undefined };

const provesBody: Claim = {
  name: "webhook.provesBody",
  made: ({ webhook }) => webhook !== undefined && webhook.provesBody !== false,
};

function receiver(context: CaseContext): (request: WebhookRequest, now?: number) => WebhookOutcome {
  const webhook: ConnectorWebhook<unknown> | undefined = context.connector.webhook;
  assert.ok(webhook);
  const { config, sentAt } = offered(context, "webhook");
  return (request, now = sentAt + 1000) => webhook.receive(request, config, now);
}

const why = (outcome: WebhookOutcome): string => (outcome.ok ? "believed" : outcome.why);
const day = 24 * 3_600_000;

/** Calls from the CRM: believed only with proof. */
export const webhookCases: readonly ConformanceCase[] = [
  {
    name: "a genuine request tells its changes",
    claim: takesWebhooks,
    run: async (context) => {
      const { genuine, changes } = offered(context, "webhook");
      const outcome = receiver(context)(genuine);
      assert.ok(outcome.ok, why(outcome));
      const told = outcome.changes.map(({ kind, object, ref }) => ({ kind, object, ref }));
      assert.deepEqual(told, changes);
    },
  },
  {
    name: "a request without its proof is forged, and one with a broken proof not believed",
    claim: takesWebhooks,
    run: async (context) => {
      const { genuine } = offered(context, "webhook");
      const receive = receiver(context);
      assert.equal(why(receive({ ...genuine, headers: {} })), "forged");
      const turned = Object.entries(genuine.headers).map(([name, value = ""]) => [name, value.slice(0, -1)] as const);
      assert.notEqual(why(receive({ ...genuine, headers: Object.fromEntries(turned) })), "believed");
    },
  },
  {
    name: "a request whose body was changed on its way is forged",
    claim: provesBody,
    run: async (context) => {
      const { genuine } = offered(context, "webhook");
      const body = Uint8Array.from([...genuine.body, 32]);
      assert.equal(why(receiver(context)({ ...genuine, body })), "forged");
    },
  },
  {
    name: "a request that comes a day late, or from tomorrow, is stale",
    claim: takesWebhooks,
    run: async (context) => {
      const { genuine, sentAt } = offered(context, "webhook");
      for (const now of [sentAt + day, sentAt - day]) assert.equal(why(receiver(context)(genuine, now)), "stale");
    },
  },
  {
    name: "a request that is proven and cannot be read is malformed",
    claim: takesWebhooks,
    run: async (context) => assert.equal(why(receiver(context)(offered(context, "webhook").malformed)), "malformed"),
  },
  {
    name: "no request, however odd, makes it throw",
    claim: takesWebhooks,
    run: async (context) => {
      const { genuine } = offered(context, "webhook");
      const odd: readonly Partial<WebhookRequest>[] = [
        { method: "" },
        { url: "not an address" },
        { url: "" },
        { body: new Uint8Array() },
        { body: Uint8Array.of(0xff, 0xfe, 0) },
        { body: new TextEncoder().encode('{"__proto__":1}') },
        ...Object.keys(genuine.headers).flatMap((name) =>
          [undefined, "", "\u0000", "é".repeat(500), "NaN"].map((value) => ({
            headers: { ...genuine.headers, [name]: value },
          })),
        ),
      ];
      for (const change of odd) assert.equal(typeof receiver(context)({ ...genuine, ...change }).ok, "boolean");
    },
  },
];
