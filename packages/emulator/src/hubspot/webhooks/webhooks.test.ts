import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";
import { signatureOf } from "./signature.ts";

interface Received {
  readonly events: readonly { readonly subscriptionType: string; readonly attemptNumber: number }[];
  readonly signed: boolean;
}

let world: TestPortal;
let receiver: Server;
let received: Received[];
let statuses: number[];
let webhookUrl: string;

beforeEach(async () => {
  received = [];
  statuses = [];
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      const timestamp = Number(request.headers["x-hubspot-request-timestamp"]);
      const signature = signatureOf({ method: "POST", url: webhookUrl, body, timestamp }, "emulator-client-secret");
      received.push({
        events: JSON.parse(body) as Received["events"],
        signed: request.headers["x-hubspot-signature-v3"] === signature,
      });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hubspot?portal=%2F1`;
  world = await startTestPortal({ webhookUrl });
});
afterEach(async () => {
  await world.close();
  receiver.close();
  receiver.closeAllConnections();
});

const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

describe("webhooks", () => {
  it("tell what happened, signed, up to 100 at once", async () => {
    const ids = Array.from({ length: 120 }, () => world.portal.create("deals", newDeal));
    world.portal.archive("deals", ids[0] ?? "");
    await world.hubspot.webhooksIdle();
    expect(received.map(({ events }) => events.length)).toEqual([100, 21]);
    expect(received.every(({ signed }) => signed)).toBe(true);
    const types = new Set(received.flatMap(({ events }) => events.map(({ subscriptionType }) => subscriptionType)));
    expect(types).toEqual(new Set(["deal.creation", "deal.deletion"]));
  });

  it("come again when they are not answered well", async () => {
    statuses = [500, 401];
    world.portal.create("deals", newDeal);
    await world.hubspot.webhooksIdle();
    expect(received.map(({ events }) => events[0]?.attemptNumber)).toEqual([0, 1, 2]);
  });
});
