import { parseArgs } from "node:util";
import type { Standing } from "./contest.ts";
import { benchmarkCheck } from "./check/benchmark.ts";
import { benchmarkMapping } from "./mapping/benchmark.ts";
import { formatJson, formatTable } from "./report.ts";

/** Every benchmark by the name that `npm run bench -- <name>` takes. */
const benchmarks: ReadonlyMap<string, () => Promise<readonly Standing[]>> = new Map([
  ["check", benchmarkCheck],
  ["mapping", benchmarkMapping],
]);

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean" } } });
const benchmark = benchmarks.get(positionals[0] ?? "");
if (benchmark === undefined) {
  console.error(
    `Which benchmark? npm run bench -- <name> [--json], where <name> is ${[...benchmarks.keys()].join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  const standings = await benchmark();
  if (values.json) {
    // Programs read the last line of the output: it holds nothing else.
    console.error(formatTable(standings));
    console.log(formatJson(standings));
  } else {
    console.log(formatTable(standings));
  }
}
