import { appendFileSync } from "node:fs";
import type { EmulatorResponse, EmulatorServer } from "./server.ts";

/**
 * The environment variable that names a file. While it is set, every answer of every emulated service in this process is
 * held against the service's published model, and what the model does not allow becomes a line of the file. For test runs:
 * child processes inherit it.
 */
export const answerProblemsVariable = "COSELL_EMULATOR_ANSWER_PROBLEMS";

/** Each problem is told once by a process. */
const told = new Set<string>();

/** Writes down what is wrong with an answer, if anybody wants to know. */
export function noteProblems(server: EmulatorServer, operation: string, response: EmulatorResponse): void {
  const file = process.env[answerProblemsVariable];
  if (file === undefined || file === "" || server.problemsOf === undefined) return;
  const problems = server.problemsOf(operation, response);
  for (const problem of problems) {
    const line = `${server.name} ${operation} (${response.status}) ${problem}\n`;
    if (told.has(line)) continue;
    told.add(line);
    appendFileSync(file, line);
  }
}
