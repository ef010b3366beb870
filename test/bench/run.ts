import { parseArgs } from "node:util";
import { benchmarkCheck } from "./check/benchmark.ts";
import { benchmarkMapping } from "./mapping/benchmark.ts";
import { type Report, reportStandings } from "./report.ts";
import { benchmarkWorkers } from "./workers/benchmark.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean" },
    deals: { type: "string" },
    processes: { type: "string" },
    reconciles: { type: "string" },
    "writes-per-second": { type: "string" },
  },
});

/** Every benchmark by the name that `npm run bench -- <name>` takes. */
const benchmarks: ReadonlyMap<string, () => Promise<Report>> = new Map([
  ["check", async () => reportStandings(await benchmarkCheck())],
  ["mapping", async () => reportStandings(await benchmarkMapping())],
  [
    "workers",
    () =>
      benchmarkWorkers({
        ...(values.deals !== undefined && { deals: Number(values.deals) }),
        ...(values.processes !== undefined && { sizes: values.processes.split(",").map(Number) }),
        ...(values.reconciles !== undefined && { reconciles: Number(values.reconciles) }),
        ...(values["writes-per-second"] !== undefined && { writesPerSecond: Number(values["writes-per-second"]) }),
      }),
  ],
]);

const benchmark = benchmarks.get(positionals[0] ?? "");
if (benchmark === undefined) {
  console.error(
    `Which benchmark? npm run bench -- <name> [--json], where <name> is ${[...benchmarks.keys()].join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  const { text, json } = await benchmark();
  if (values.json) {
    // Programs read the last line of the output: it holds nothing else.
    console.error(text);
    console.log(json);
  } else {
    console.log(text);
  }
}
