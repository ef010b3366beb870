import { type Clock, FailureError, type Logger, silentLogger, systemClock } from "@cosell/connector";
import type { Backend } from "./backend.ts";
import { createStore } from "./create-store.ts";
import type { StateStore } from "./store.ts";

export interface OpenStateOptions {
  /**
   * `sqlite:<path>`, relative to the working directory, or `sqlite::memory:`; or
   * `postgres://user:password@host:5432/database?schema=cosell`.
   */
  readonly url: string;
  /** @defaultValue the machine's */
  readonly clock?: Clock;
  /** @defaultValue says nothing */
  readonly logger?: Logger;
  /** How long to wait while another process writes, milliseconds. @defaultValue 10000 */
  readonly lockTimeoutMs?: number;
}

/**
 * Opens the state store, or makes it, and brings it to the newest schema. Throws `config` for a url that is none, for a
 * file or database that is no state, is damaged, is from a newer version or may not be written; `transient` for a full
 * disk, a lock that does not end, a server that does not answer.
 */
export const openState = async ({
  url,
  clock = systemClock,
  logger = silentLogger,
  lockTimeoutMs = 10_000,
}: OpenStateOptions): Promise<StateStore> =>
  createStore(await openBackend(url, { logger, lockTimeoutMs }), { clock, logger });

/** Only the driver that is needed is loaded. The url itself may hold a password: only its scheme is ever told. */
const openBackend = async (
  url: string,
  options: { readonly logger: Logger; readonly lockTimeoutMs: number },
): Promise<Backend> => {
  const [, scheme = "", rest = ""] = /^([a-z]+):(.*)$/su.exec(url) ?? [];
  if (scheme === "postgres" || scheme === "postgresql") {
    const { openPostgres } = await import("./postgres/open-postgres.ts");
    return openPostgres({ ...options, url });
  }
  if (scheme === "sqlite" && rest !== "" && !/^\/\/[^/]/u.test(rest)) {
    const { openSqlite } = await import("./sqlite/open-sqlite.ts");
    return openSqlite({ ...options, path: rest });
  }
  throw new FailureError({
    kind: "config",
    code: "state-url",
    message: `state.url ${
      scheme === "sqlite" ? 'has no path after "sqlite:"' : "does not begin with a scheme that Cosell knows"
    }. Write sqlite:<path of a file>, such as sqlite:.cosell/state.db, or postgres://user:password@host:5432/database.`,
  });
};
