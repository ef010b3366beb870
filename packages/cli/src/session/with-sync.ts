import type { CommandContext } from "../program/command.ts";
import { type OpenedSync, openSync } from "./open-sync.ts";
import { type StoreSession, withStore } from "./with-store.ts";

/** Everything that acting on a sync takes. */
export type SyncSession = StoreSession & Pick<OpenedSync, "engine" | "target" | "partnerCentral">;

/** Opens a sync, does the work, closes everything whatever happens. */
export async function withSync<Result>(
  context: CommandContext,
  syncName: string | undefined,
  work: (session: SyncSession) => Promise<Result>,
): Promise<Result> {
  return withStore(context, syncName, async (session) => {
    const logger = await context.logger(session.configuration.secrets);
    const opened = await openSync({ ...session, clock: context.clock, signal: context.signal, logger });
    try {
      return await work({ ...session, ...opened });
    } finally {
      await opened.close();
    }
  });
}
