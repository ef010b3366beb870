import { setTimeout as pause } from "node:timers/promises";
import { type EmulatorProcess, startEmulatorProcess } from "../../workers/support/emulators.ts";
import { createInstallation } from "../../workers/support/installation.ts";
import { stopProgram } from "../../workers/support/program.ts";
import { type Ground, placeToRun } from "./ground.ts";
import { quantile } from "./numbers.ts";

/** Milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** How long a change takes to the other side. */
export interface Latency {
  /** From AWS's event in SQS to the value in the CRM. */
  readonly awsToCrm: Spread;
  /** From a person's change in the CRM, which is polled, to the value at AWS. */
  readonly crmToAws: Spread;
}

export const spreadOf = (times: readonly number[]): Spread => ({
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
});

type Fields = Readonly<Record<string, unknown>>;

const samples = 20;
const longestMs = 60_000;

/** Changes deals that are in step, one at a time, and waits for each change on the other side. */
export async function measureLatency(
  ground: Ground,
  { concurrency }: { readonly concurrency: number },
): Promise<Latency> {
  const unlimited = { perSecond: 1_000_000, perDay: 1_000_000_000 };
  const place = await placeToRun();
  const emulators = await startEmulatorProcess(ground.folder, { deals: 30 });
  const installation = createInstallation({
    ...{ urls: emulators.urls, stateUrl: place.stateUrl, queue: place.queue },
    quotas: { read: unlimited, write: unlimited },
    worker: {
      ...{ concurrency, pollSeconds: 1, stopSeconds: 5 },
      events: { queueUrl: emulators.urls.queueUrl, endpoint: emulators.urls.sqs },
    },
  });
  try {
    const workers = await Promise.all([installation.startWorker(), installation.startWorker()]);
    const sides = sidesOf(emulators);
    const deals = await sides.approvedDeals(15);
    const awsToCrm: number[] = [];
    const crmToAws: number[] = [];
    for (let number = 0; number < samples; number += 1) {
      const deal = deals[number % deals.length] ?? deals[0];
      if (deal === undefined) throw new Error("no deal was approved");
      // An event no later than our own latest write would pass for its echo.
      await pause(3000);
      const step = `Prepare the workshop, number ${number}`;
      await sides.editAws(deal.opportunity, { "LifeCycle.NextSteps": step });
      awsToCrm.push(await timeUntil(async () => (await sides.record(deal.record))["NextStep"] === step));
      await pause(500);
      const spend = 5000 + number;
      await sides.editCrm(deal.record, { AWS_Monthly_Spend__c: spend });
      crmToAws.push(
        await timeUntil(async () => {
          const { Project } = (await sides.opportunity(deal.opportunity)) as {
            readonly Project: { readonly ExpectedCustomerSpend: readonly { readonly Amount: string }[] };
          };
          return Number(Project.ExpectedCustomerSpend[0]?.Amount) === spend;
        }),
      );
    }
    await Promise.all(workers.map(stopProgram));
    return { awsToCrm: spreadOf(awsToCrm), crmToAws: spreadOf(crmToAws) };
  } finally {
    await emulators.stop();
    installation.remove();
    await place.clear();
  }
}

/** Milliseconds until something is there. Throws when it does not come within a minute. */
export async function timeUntil(isThere: () => Promise<boolean>): Promise<number> {
  const from = performance.now();
  while (!(await isThere())) {
    if (performance.now() - from > longestMs) throw new Error("a change did not arrive within a minute");
    await pause(5);
  }
  return Math.round(performance.now() - from);
}

/** Hands and eyes of the people on both sides. */
export function sidesOf({ urls, admin }: EmulatorProcess) {
  const post = async (url: string, body: object): Promise<Fields> => {
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    return (await answer.json()) as Fields;
  };
  const selling = (operation: string, input: object): Promise<Fields> =>
    post(`${urls.partnerCentralSelling}/${operation}`, { Catalog: "Sandbox", ...input });
  const edit = (server: string, object: string, id: string, fields: object): Promise<Fields> =>
    admin("POST", "/edit", { server, object, id, fields });
  const opportunity = (id: string): Promise<Fields> => selling("GetOpportunity", { Identifier: id });
  return {
    opportunity,
    editAws: (id: string, fields: object) => edit("partnerCentralSelling", "Opportunity", id, fields),
    editCrm: (id: string, fields: object) => edit("salesforce", "Opportunity", id, fields),
    record: async (id: string): Promise<Fields> => {
      const answer = await fetch(`${urls.salesforce}/services/data/v60.0/sobjects/Opportunity/${id}`, {
        headers: { authorization: "Bearer emulator-access-token" },
      });
      return (await answer.json()) as Fields;
    },
    /** Waits until so many are submitted, approves them, and waits until their records say so. */
    approvedDeals: async (
      least: number,
    ): Promise<readonly { readonly opportunity: string; readonly record: string }[]> => {
      for (;;) {
        await pause(500);
        const { OpportunitySummaries: all = [] } = (await selling("ListOpportunities", {
          LifeCycleReviewStatus: ["Submitted"],
        })) as { readonly OpportunitySummaries?: readonly Fields[] };
        if (all.length < least) continue;
        const deals = [];
        for (const { Id: id } of all) {
          const { PartnerOpportunityIdentifier: record } = await opportunity(String(id));
          await admin("POST", "/review", { opportunity: id, status: "Approved" });
          deals.push({ opportunity: String(id), record: String(record) });
        }
        await pause(10_000);
        return deals;
      }
    },
  };
}
