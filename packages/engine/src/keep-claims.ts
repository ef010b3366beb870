import { failureOf } from "@cosell/connector";
import type { EngineOptions } from "./engine.ts";

/** How long a claim holds unless it is prolonged, milliseconds. */
export const leaseMs = 120_000;
const renewMs = 30_000;

/**
 * Prolongs the claims of links while somebody works on them, until the function that is returned is called. A claim that
 * cannot be prolonged runs out: that is logged here, and the store refuses what is written under it then.
 */
export function keepClaims(
  owner: string,
  linkIds: () => readonly string[],
  { store, logger }: Pick<EngineOptions, "store" | "logger">,
): () => void {
  const renewal = setInterval(() => {
    store.renew(owner, linkIds(), leaseMs).catch((error: unknown) => {
      logger.warn("claims could not be prolonged", { kind: failureOf(error)?.kind ?? "bug" });
    });
  }, renewMs).unref();
  return () => {
    clearInterval(renewal);
  };
}
