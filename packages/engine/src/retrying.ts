import type { EngineOptions } from "./engine.ts";
import { actionFor } from "./failure-policy.ts";
import { failureFrom } from "./failures.ts";

/** Tries of a look at one side, the first included: a person waits for the answer. */
const tries = 3;

/**
 * Does something that reads, and can be begun again where it stopped. A server that stumbles once must not end a run;
 * one that is down must not keep a person waiting. Throws what the last try threw.
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  { clock, logger }: Pick<EngineOptions, "clock" | "logger">,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const failure = failureFrom(error);
      const action = actionFor(failure, attempt, clock);
      if (action.kind !== "again" || attempt + 1 >= tries) throw error;
      logger.info("trying again", { kind: failure.kind, attempt, waitMs: action.waitMs });
      await clock.sleep(action.waitMs, signal);
    }
  }
}
