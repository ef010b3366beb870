import type { Clock, Logger } from "@cosell/connector";
import type { Command } from "commander";
import type { Terminal } from "../terminal/terminal.ts";

/** 0 done · 1 something needs a person · 2 wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** Options that every command takes. */
export interface GlobalOptions {
  /** Path of the configuration file. */
  readonly config: string;
  readonly logLevel: "error" | "warn" | "info" | "debug";
  readonly logFormat: "json" | "pretty";
}

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly options: GlobalOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
  /** Work that needs longer to stop than others says so. Milliseconds. */
  readonly stopWithin: (limitMs: number) => void;
  readonly clock: Clock;
  /** The log on standard error. The values given are hidden wherever they would appear. */
  logger(secrets?: readonly string[]): Promise<Logger>;
}

/** Runs a command's work and keeps its exit code. */
export type Act = (work: (context: CommandContext) => Promise<ExitCode>) => Promise<void>;

/** Gives a command its arguments, options, help and action. Called only when the command was asked for. */
export type CommandDefinition = (command: Command, act: Act) => void;
