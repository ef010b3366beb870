import type { Finding } from "@cosell/core";

/** Thrown when a configuration or a mapping cannot be used; carries everything that is wrong with it. */
export class FindingsError extends Error {
  override readonly name = "FindingsError";
  readonly findings: readonly Finding[];

  constructor(message: string, findings: readonly Finding[]) {
    super(message);
    this.findings = findings;
  }
}

/** Thrown when the command line asks for something that cannot be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
