import { type Clock, FailureError, type Logger, silentLogger, systemClock } from "@cosell/connector";
import { createStore } from "./create-store.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import type { StateStore } from "./store.ts";

export interface OpenStateOptions {
  /** `sqlite:<path>`, relative to the working directory, or `sqlite::memory:`. */
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
 * file that is no state, is damaged, is from a newer version or may not be written; `transient` for a full disk or a
 * file that stays locked.
 */
export const openState = async ({
  url,
  clock = systemClock,
  logger = silentLogger,
  lockTimeoutMs = 10_000,
}: OpenStateOptions): Promise<StateStore> => {
  const path = pathOf(url);
  return createStore(await openSqlite({ path, logger, lockTimeoutMs }), { clock, logger });
};

/** The url itself may hold a password: only its scheme is ever told. */
const pathOf = (url: string): string => {
  const [, scheme = "", rest = ""] = /^([a-z]+):(.*)$/su.exec(url) ?? [];
  if (scheme === "sqlite" && rest !== "" && !/^\/\/[^/]/u.test(rest)) return rest;
  const wanted = "Write sqlite:<path of a file>, such as sqlite:.cosell/state.db.";
  const message =
    scheme === "postgres" || scheme === "postgresql"
      ? `state.url names a PostgreSQL database; that comes with a later release of Cosell. ${wanted}`
      : scheme === "sqlite"
        ? `state.url has no path after "sqlite:". ${wanted}`
        : `state.url does not begin with a scheme that Cosell knows. ${wanted}`;
  throw new FailureError({ kind: "config", code: "state-url", message });
};
