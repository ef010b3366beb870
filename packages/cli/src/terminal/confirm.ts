import { createInterface } from "node:readline/promises";
import { UsageError } from "../failure/findings-error.ts";
import type { Terminal } from "./terminal.ts";

/** What is to be confirmed. */
export interface Question {
  /** Ends with a question mark. */
  readonly text: string;
  /** The person said so beforehand (`--yes`). */
  readonly yes: boolean;
  /** What it means that nobody can answer, as in a pipe: `refuse`, or go on. */
  readonly unattended: "refuse" | "go-on";
  readonly signal: AbortSignal;
}

/** Where questions are asked and answered. */
export interface Dialogue {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a person on a terminal; anything but `y` or `yes` is no.
 * @throws UsageError when nobody can answer, and that is to be refused
 */
export async function confirmed(
  terminal: Pick<Terminal, "json" | "fancy">,
  { text, yes, unattended, signal }: Question,
  { input, output }: Dialogue = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (yes) return true;
  if (terminal.json || !terminal.fancy || input.isTTY !== true) {
    if (unattended === "go-on") return true;
    throw new UsageError("Nobody is here to confirm it: add --yes to go on without being asked.");
  }
  const dialogue = createInterface({ input, output });
  try {
    const answer = await dialogue.question(`${text} [y/N] `, { signal });
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    dialogue.close();
  }
}
