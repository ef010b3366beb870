import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Secret, type WebhookRequest } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";
import { webhook } from "./webhook.ts";
import { startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

const settings = { instanceUrl: "https://acme.pipedrive.com", apiToken: new Secret("token") };
const believing = config.parse({ ...settings, webhookUser: "cosell", webhookPassword: new Secret("s3cret") });

/** Everything that Pipedrive sends while `work` happens. */
async function received(
  work: (emulated: Awaited<ReturnType<typeof startEmulatedCompany>>) => void,
): Promise<readonly WebhookRequest[]> {
  const requests: WebhookRequest[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { authorization } = request.headers;
      requests.push({ method: "POST", url: "https://cosell.example.com/crm", headers: { authorization }, body });
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
  const emulated = await startEmulatedCompany({ webhookUrl, webhookUser: "cosell", webhookPassword: "s3cret" });
  work(emulated);
  await emulated.pipedrive.webhooksIdle();
  await emulated.close();
  server.close();
  return requests;
}

const now = Date.UTC(2026, 2, 2, 9, 31);

describe("webhook", () => {
  it("tells what Pipedrive sends: a change, and a merge as a delete and a change", async () => {
    const requests = await received(({ company }) => {
      const [gone, kept] = [
        company.create("organizations", { name: "One" }),
        company.create("organizations", { name: "Two" }),
      ];
      company.merge("organizations", gone, kept);
    });
    const outcomes = requests.map((request) => webhook.receive(request, believing, now));
    expect(outcomes).toMatchObject([
      { ok: true, changes: [{ kind: "upsert", object: "organizations", id: expect.any(String) }] },
      { ok: true, changes: [{ kind: "upsert", object: "organizations" }] },
      { ok: true, changes: [{ kind: "delete", object: "organizations" }] },
      { ok: true, changes: [{ kind: "upsert", object: "organizations" }] },
    ]);
    expect(new Set(outcomes.flatMap((outcome) => (outcome.ok ? outcome.changes.map(({ id }) => id) : []))).size).toBe(
      4,
    );
  });

  it("believes nobody while no password is configured, and nobody with another", async () => {
    const [request] = await received(({ company }) => void company.create("deals", { title: "Data lake" }));
    if (!request) throw new Error("nothing was sent");
    expect(webhook.receive(request, believing, now)).toMatchObject({ ok: true });
    expect(webhook.receive(request, config.parse(settings), now)).toEqual({ ok: false, why: "forged" });
    const other = config.parse({ ...settings, webhookUser: "cosell", webhookPassword: new Secret("other") });
    expect(webhook.receive(request, other, now)).toEqual({ ok: false, why: "forged" });
  });

  it("passes over what is told of other objects", async () => {
    const [request] = await received(({ company }) => void company.create("deals", { title: "Data lake" }));
    if (!request) throw new Error("nothing was sent");
    const body = Buffer.from(Buffer.from(request.body).toString().replace('"entity":"deal"', '"entity":"activity"'));
    expect(webhook.receive({ ...request, body }, believing, now)).toEqual({ ok: true, changes: [] });
  });
});
