import { readFileSync } from "node:fs";

/** What a worker tells of itself, and what Linux tells of its process. */
export interface ObservedWorker {
  /** Links reconciled so far. */
  reconciles(): Promise<number>;
  /** Heap in use, with what is not collected yet, MiB. */
  heapMiB(): Promise<number>;
  residentMiB(): number;
  /** CPU time of the process so far, in all its threads, milliseconds. */
  cpuMs(): number;
}

/** Linux counts CPU time in ticks of so many milliseconds, on all machines that Node runs on. */
const tickMs = 10;

/** `port`: where it shows its metrics. */
export function observeWorker(pid: number, port: number): ObservedWorker {
  const sum = async (metric: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    const lines = (await answer.text()).split("\n").filter((line) => line.startsWith(metric));
    return lines.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  };
  return {
    reconciles: () => sum("cosell_reconciles_total{"),
    heapMiB: async () => (await sum("nodejs_heap_size_used_bytes")) / 2 ** 20,
    residentMiB: () => {
      const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      return Number(kilobytes) / 1024;
    },
    cpuMs: () => {
      const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
      const [user, system] = fields.split(" ").slice(11);
      return (Number(user) + Number(system)) * tickMs;
    },
  };
}
