// `npm test [-- jest's arguments]`: builds, finds or starts the servers that tests need, runs every test, and ends with
// "N passed, N failed, N skipped" alone on a line.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root, run } from "./run.mjs";
import { startTestServers } from "./test-servers/index.mjs";

/** Runs jest to its end. Ctrl-C reaches it by itself; being told to end, we pass it on and still tidy up. */
async function runJest(parameters, environment) {
  const bin = join(root, "node_modules", ".bin");
  const child = spawn(
    join(bin, "node"),
    [
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      "node_modules/jest/bin/jest.js",
      ...parameters,
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, ...environment },
    },
  );
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [code] = await once(child, "exit");
  return code ?? 1;
}

const folder = mkdtempSync(join(tmpdir(), "cosell-test-"));
const report = join(folder, "report.json");
let status = run("turbo", ["run", "build", "--output-logs=errors-only"]);
if (status === 0) {
  try {
    const servers = await startTestServers();
    try {
      process.stderr.write(`Test servers: ${servers.how}.\n`);
      // The reporters first: jest would take a path behind them for another one.
      const reporting = ["--reporters=default", "--json", `--outputFile=${report}`, "--silent"];
      status = await runJest([...reporting, ...process.argv.slice(2)], servers.environment);
    } finally {
      await servers.stop();
    }
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    status = 1;
  }
}
let counts = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};
try {
  counts = JSON.parse(readFileSync(report, "utf8"));
} catch {
  status ||= 1; // The runner ended before it could report.
}
rmSync(folder, { recursive: true, force: true });
const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
process.stdout.write(
  `${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests + counts.numTodoTests} skipped\n`,
);
process.exitCode = status;
