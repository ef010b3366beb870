import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../report.ts";
import { type FirstSync, measureFirstSync } from "./first-sync.ts";
import { type Latency, measureLatency } from "./latency.ts";
import { measureNoChange, type NoChange } from "./no-change.ts";
import { sayResult } from "./progress.ts";
import { measureWebhookLatency } from "./webhook-latency.ts";

export interface WorkersOptions {
  /** Deals of the first sync. @defaultValue 2000 */
  readonly deals?: number;
  /** What AWS allows. @defaultValue 100 */
  readonly writesPerSecond?: number;
  /** Links without a change, over which the memory is looked at. @defaultValue 200000 */
  readonly reconciles?: number;
  /** How many processes share the first sync, one run for each. @defaultValue [1, 2, 4] */
  readonly sizes?: readonly number[];
}

const concurrency = 64;

/** Real `cosell worker` processes over one Redis and one PostgreSQL, against emulators in a process of their own. */
export async function benchmarkWorkers({
  deals = 2000,
  writesPerSecond = 100,
  reconciles = 200_000,
  sizes = [1, 2, 4],
}: WorkersOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "cosell-bench-"));
  const ground = { folder, environment: {} };
  try {
    const processes: Record<string, FirstSync> = {};
    for (const size of sizes) {
      const settings = { processes: size, deals, writesPerSecond, concurrency };
      processes[String(size)] = await measureFirstSync(ground, settings);
      sayResult(describeFirstSync(String(size), processes[String(size)]));
    }
    const noChange = await measureNoChange(ground, { deals: 1000, reconciles, concurrency });
    sayResult(describeNoChange(noChange));
    const latency = await measureLatency(ground, { concurrency });
    const webhookToAws = await measureWebhookLatency(ground, { concurrency });
    const { echoesPerSecond, bullmqPerSecond } = noChange;
    const text = [
      `${deals} deals, first sync, ${writesPerSecond} writes/s allowed`,
      ...Object.entries(processes).map(([size, result]) => describeFirstSync(size, result)),
      describeNoChange(noChange),
      describeLatency(latency),
      `HubSpot's webhook to AWS: p50 ${webhookToAws.p50} ms, p95 ${webhookToAws.p95} ms`,
    ].join("\n");
    const json = {
      processes,
      noChangeVsBullmq: rounded(echoesPerSecond / bullmqPerSecond),
      noChange,
      latency: { ...latency, webhookToAws },
    };
    return { text, json: JSON.stringify(json) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rounded = (value: number): number => Number(value.toFixed(3));
const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

function describeFirstSync(size: string, result: FirstSync | undefined): string {
  if (result === undefined) return "";
  const { quotaUse, throttles, duplicates, writes, seconds, failed } = result;
  return `${size.padStart(3)} processes: ${(100 * quotaUse).toFixed(1)} % of the allowed writes, ${throttles} throttles, ${duplicates} duplicates, ${failed} failed; ${whole(writes)} writes in ${seconds.toFixed(1)} s`;
}

function describeNoChange(found: NoChange): string {
  const { echoesPerSecond, echoCpuMs, looksPerSecond, lookCpuMs, bullmqPerSecond, reconciles, memoryMiB, heapMiB } =
    found;
  return [
    `No change: ${whole(echoesPerSecond)} links/s whose values are as they were (${echoCpuMs.toFixed(2)} ms of CPU each), ${whole(looksPerSecond)} links/s looked at on both sides (${lookCpuMs.toFixed(2)} ms); BullMQ alone ${whole(bullmqPerSecond)} jobs/s`,
    `Memory over ${whole(reconciles)} reconciles: resident ${whole(memoryMiB.early)} MiB early, ${whole(memoryMiB.late)} MiB at the end; heap ${whole(heapMiB.early)} and ${whole(heapMiB.late)} MiB`,
  ].join("\n");
}

function describeLatency({ awsToCrm, crmToAws }: Latency): string {
  return [
    `AWS's event in SQS to the CRM: p50 ${awsToCrm.p50} ms, p95 ${awsToCrm.p95} ms`,
    `CRM (polled every second, its newest two seconds left out) to AWS: p50 ${crmToAws.p50} ms, p95 ${crmToAws.p95} ms`,
  ].join("\n");
}
