/** Structured fields of a log line. Never records, payloads, headers or secrets: ids, counts and kinds only. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a library says what it does. `cli` and `worker` hand in winston; tests hand in {@link silentLogger}. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const nothing = (): void => undefined;

/** Says nothing. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
