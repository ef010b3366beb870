import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../../scripts/test-servers/private-server.mjs";
import { startEmulatorProcess } from "../../workers/support/emulators.ts";
import { createInstallation, shippedMapping } from "../../workers/support/installation.ts";
import { stopProgram } from "../../workers/support/program.ts";
import { type Ground, placeToRun } from "./ground.ts";
import { sidesOf, type Spread, spreadOf, timeUntil } from "./latency.ts";

const samples = 20;
/** What the emulated HubSpot takes and signs with. */
const emulated = { accessToken: "emulator-hubspot-token", clientSecret: "emulator-client-secret" };

/**
 * From a person's change in HubSpot, whose webhook tells of it, to the value at AWS. The poll is too seldom to help. One
 * deal at a time; HubSpot's own delay, some seconds, is not emulated.
 */
export async function measureWebhookLatency(
  ground: Ground,
  { concurrency }: { readonly concurrency: number },
): Promise<Spread> {
  const unlimited = { perSecond: 1_000_000, perDay: 1_000_000_000 };
  const [place, port] = await Promise.all([placeToRun(), freePort()]);
  const emulators = await startEmulatorProcess(ground.folder, { deals: 30 });
  const { hubspot: baseUrl, queueUrl, sqs: endpoint } = emulators.urls;
  const installation = createInstallation({
    ...{ urls: emulators.urls, stateUrl: place.stateUrl, queue: place.queue },
    quotas: { read: unlimited, write: unlimited },
    worker: {
      ...{ concurrency, pollSeconds: 3600, stopSeconds: 5, http: { port } },
      events: { queueUrl, endpoint },
    },
    connections: { crm: { connector: "hubspot", baseUrl, ...emulated } },
    syncs: { opportunities: { connection: "crm", mapping: shippedMapping("hubspot.deal") } },
  });
  try {
    const worker = await installation.startWorker();
    const webhookUrl = `http://127.0.0.1:${port}/webhooks/crm/crm`;
    await emulators.admin("PUT", "/settings", { hubspot: { webhookUrl } });
    const sides = sidesOf(emulators);
    const deals = await sides.approvedDeals(10);
    const times: number[] = [];
    for (let number = 0; number < samples; number += 1) {
      const deal = deals[number % deals.length] ?? deals[0];
      if (deal === undefined) throw new Error("no deal was approved");
      await pause(1000);
      const comment = `The customer prefers mornings, note ${number}`;
      await emulators.admin("POST", "/edit", {
        ...{ server: "hubspot", object: "deals", id: deal.record },
        fields: { aws_additional_comments: comment },
      });
      const isAtAws = async (): Promise<boolean> => {
        const { Project } = await sides.opportunity(deal.opportunity);
        return (Project as { readonly AdditionalComments?: string } | undefined)?.AdditionalComments === comment;
      };
      times.push(await timeUntil(isAtAws));
    }
    await stopProgram(worker);
    return spreadOf(times);
  } finally {
    await emulators.stop();
    installation.remove();
    await place.clear();
  }
}
