// `npm test [-- jest's arguments]`: builds, runs every test, and ends with "N passed, N failed, N skipped" alone on a line.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.mjs";

const folder = mkdtempSync(join(tmpdir(), "cosell-test-"));
const report = join(folder, "report.json");
let status = run("turbo", ["run", "build", "--output-logs=errors-only"]);
if (status === 0) {
  status = run("node", [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    "node_modules/jest/bin/jest.js",
    "--json",
    `--outputFile=${report}`,
    "--silent",
    "--reporters=default",
    ...process.argv.slice(2),
  ]);
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
