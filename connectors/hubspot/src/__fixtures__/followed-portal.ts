import type { Change, Connection } from "@cosell/connector";
import { parseCursor } from "../cursor.ts";
import { accessToken, type EmulatedPortal, journalApp, startEmulatedPortal } from "./emulated-portal.ts";

/** What a follower was told, until there was nothing more. */
export interface Drained {
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly lost: boolean;
}

/** An emulated portal whose deals, with their companies' names, are followed by an app that has the Webhooks Journal. */
export interface FollowedPortal extends EmulatedPortal {
  /** All changes. @param over @defaultValue the connection with the journal */
  readonly drain: (cursor?: string, how?: { readonly limit?: number; readonly over?: Connection }) => Promise<Drained>;
  /** Follows by search until the journal has heard for long enough. */
  readonly journalCursor: () => Promise<string>;
  /** The operations that were called meanwhile. */
  readonly calledDuring: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}

const minute = 60_000;

export const followed = { object: "deals", fields: ["company.name"] } as const;

export async function startFollowedPortal(): Promise<FollowedPortal> {
  const emulated = await startEmulatedPortal();
  const { emulators, advance, connect } = emulated;
  const connection = await connect({ accessToken, ...journalApp });
  const drain: FollowedPortal["drain"] = async (cursor, { limit, over = connection } = {}) => {
    const changes: Change[] = [];
    let next = cursor;
    for (;;) {
      const page = await over.changes({
        ...followed,
        ...(limit !== undefined && { limit }),
        ...(next !== undefined && { cursor: next }),
      });
      if (page.cursorLost) return { changes, cursor: "", lost: true };
      if (page.changes.length > (limit ?? 2000)) throw new Error(`a page has ${page.changes.length} changes`);
      changes.push(...page.changes);
      next = page.cursor;
      if (page.caughtUp) return { changes, cursor: page.cursor, lost: false };
    }
  };
  return {
    ...emulated,
    connection,
    drain,
    journalCursor: async () => {
      let told = await drain();
      for (let time = 0; time < 4; time += 1) {
        advance(11 * minute);
        told = await drain(told.cursor);
      }
      if (!inJournal(told)) throw new Error("the journal is not used");
      return told.cursor;
    },
    calledDuring: async (work) => {
      const before = emulators.requests.last;
      await work();
      return emulators.requests.since(before).map(({ operation }) => operation);
    },
  };
}

export const refs = ({ changes }: Drained): readonly string[] => [...new Set(changes.map(({ ref }) => ref))].sort();

export const inJournal = ({ cursor }: Drained): boolean => parseCursor(cursor)?.journal !== undefined;
