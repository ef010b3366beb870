import type { Finding } from "@cosell/core";

/** Thrown when a configuration, a mapping or an input cannot be used; carries everything that is wrong with it. */
export class FindingsError extends Error {
  override readonly name = "FindingsError";
  readonly findings: readonly Finding[];
  /** What to do. @defaultValue as for a configuration */
  readonly advice: string | undefined;

  constructor(message: string, findings: readonly Finding[], advice?: string) {
    super(message);
    this.findings = findings;
    this.advice = advice;
  }
}

/** Thrown when the command line asks for something that cannot be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
