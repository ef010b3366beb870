// Jest's globalSetup: from here on, every answer of the emulators is held against AWS's model (see answer-problems.ts).
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default () => {
  const folder = mkdtempSync(join(tmpdir(), "cosell-answers-"));
  process.env.COSELL_EMULATOR_ANSWER_PROBLEMS = join(folder, "problems.txt");
};
