import { inspect } from "node:util";
import type { Logger } from "../logger.ts";

/** Keeps every log line, so that a test can look for what must not be in one. */
export interface RecordingLogger {
  readonly logger: Logger;
  /** All lines so far, every field in full. */
  text(): string;
}

export function recordingLogger(): RecordingLogger {
  const lines: string[] = [];
  const note = (...parts: readonly unknown[]): void => void lines.push(inspect(parts, { depth: Infinity }));
  return { logger: { debug: note, info: note, warn: note, error: note }, text: () => lines.join("\n") };
}
