import { type Clock, systemClock } from "../clock.ts";
import type { ConnectorContext, TokenStorage } from "../connector.ts";
import { silentLogger } from "../logger.ts";

/** A context for tests: silent, with tokens in memory. @param options.clock @defaultValue the machine's */
export function testContext(
  options: { readonly clock?: Clock; readonly tokens?: TokenStorage } = {},
): ConnectorContext {
  return { clock: options.clock ?? systemClock, logger: silentLogger, tokens: options.tokens ?? memoryTokens() };
}

/** Keeps tokens as long as the process lives. */
export function memoryTokens(): TokenStorage {
  const kept = new Map<string, string>();
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    set: (key, value) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  };
}
