// Jest's globalTeardown: an answer that AWS's model does not allow, given in any test, fails the run.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";

export default () => {
  const file = process.env.COSELL_EMULATOR_ANSWER_PROBLEMS;
  if (file === undefined) return;
  if (existsSync(file)) {
    const lines = [...new Set(readFileSync(file, "utf8").trimEnd().split("\n"))].sort();
    process.stderr.write(`\nThe emulators gave answers that AWS's model does not allow:\n  ${lines.join("\n  ")}\n`);
    process.exitCode = 1;
  }
  rmSync(dirname(file), { recursive: true, force: true });
};
