import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../report.ts";
import { type FirstSync, measureFirstSync } from "./first-sync.ts";
import { type Latency, measureLatency } from "./latency.ts";
import { measureNoChange, type NoChange } from "./no-change.ts";

export interface WorkersOptions {
  /** Deals of the first sync. @defaultValue 2000 */
  readonly deals?: number;
  /** What AWS allows. @defaultValue 100 */
  readonly writesPerSecond?: number;
  /** Reconciles over which the memory is looked at. @defaultValue 20000 */
  readonly reconciles?: number;
}

const sizes = [1, 2, 4];
const concurrency = 32;

/** Real `cosell worker` processes over one Redis and one PostgreSQL, against emulators in a process of their own. */
export async function benchmarkWorkers({
  deals = 2000,
  writesPerSecond = 100,
  reconciles = 20_000,
}: WorkersOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "cosell-bench-"));
  const ground = { folder, environment: {} };
  try {
    const processes: Record<string, FirstSync> = {};
    for (const size of sizes) {
      const settings = { processes: size, deals, writesPerSecond, concurrency };
      processes[String(size)] = await measureFirstSync(ground, settings);
      console.error(describeFirstSync(String(size), processes[String(size)]));
    }
    const noChange = await measureNoChange(ground, { deals: 1000, reconciles, concurrency });
    console.error(describeNoChange(noChange));
    const latency = await measureLatency(ground, { concurrency });
    const { echoesPerSecond, bullmqPerSecond } = noChange;
    const text = [
      `${deals} deals, first sync, ${writesPerSecond} writes/s allowed`,
      ...Object.entries(processes).map(([size, result]) => describeFirstSync(size, result)),
      describeNoChange(noChange),
      describeLatency(latency),
    ].join("\n");
    const json = { processes, noChangeVsBullmq: rounded(echoesPerSecond / bullmqPerSecond), noChange, latency };
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

function describeNoChange({
  echoesPerSecond,
  looksPerSecond,
  bullmqPerSecond,
  reconciles,
  memoryMiB,
}: NoChange): string {
  return [
    `No change: ${whole(echoesPerSecond)} links/s whose values are as they were, ${whole(looksPerSecond)} links/s looked at on both sides; BullMQ alone ${whole(bullmqPerSecond)} jobs/s`,
    `Memory over ${whole(reconciles)} reconciles: ${whole(memoryMiB.early)} MiB early, ${whole(memoryMiB.late)} MiB at the end`,
  ].join("\n");
}

function describeLatency({ awsToCrm, crmToAws }: Latency): string {
  return [
    `AWS's event in SQS to the CRM: p50 ${awsToCrm.p50} ms, p95 ${awsToCrm.p95} ms`,
    `CRM (polled every second, its newest two seconds left out) to AWS: p50 ${crmToAws.p50} ms, p95 ${crmToAws.p95} ms`,
  ].join("\n");
}
