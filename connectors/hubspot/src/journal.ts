import { FailureError, failureOf } from "@cosell/connector";
import { z } from "zod";
import type { AccountKeeper } from "./account.ts";
import { apiPaths } from "./api-paths.ts";
import { classify, jsonOf } from "./classify.ts";
import { isLocal } from "./config.ts";
import { type Subscription, subscription, type WantedSubscription } from "./journal-subscriptions.ts";
import type { Session } from "./session.ts";
import { download, type DownloadOptions } from "./transport.ts";

/** What is in a file of the journal. */
export interface JournalFile {
  /** The place behind the file. */
  readonly offset: string;
  /** Of any form. */
  readonly events: readonly unknown[];
  /** Milliseconds since 1970; `undefined` where it does not say so. */
  readonly publishedAt: number | undefined;
}

/** One portal's part of an app's Webhooks Journal. */
export interface Journal {
  readonly portalId: string;
  /** The app's subscriptions in this portal. */
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  readonly subscribe: (wanted: WantedSubscription) => Promise<Subscription>;
  /** Throws where the app may not read the journal. */
  readonly assertReadable: () => Promise<void>;
  /**
   * The file behind an offset, or the earliest that there is. `lost`: HubSpot does not know the offset (any more). Throws
   * `transient` for a file that cannot be had.
   */
  readonly next: (offset: string | undefined) => Promise<JournalFile | "lost" | undefined>;
}

/** Unconfirmed, since no document tells: either answer to an offset is taken for "no longer known". */
const unknownOffset: ReadonlySet<string | undefined> = new Set(["missing", "invalid"]);

/** What a storage answers for an address that is over, and for a file that is gone. */
const goneStatuses: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** The form that was seen in the field; HubSpot's OpenAPI document has it for batches alone. */
const entryAnswer = z.object({ url: z.url(), currentOffset: z.string().min(1) });

type Entry = z.output<typeof entryAnswer>;

const fileAnswer = z.object({ journalEvents: z.array(z.unknown()), publishedAt: z.string().nullish() });

/** @param session one with the app's own token */
export async function openJournal(
  session: Session,
  account: AccountKeeper,
  transport: DownloadOptions,
): Promise<Journal> {
  const { portalId } = await account.get();
  const read = async (rest: string): Promise<Entry | undefined> => {
    const answer = await session.call({ method: "GET", path: apiPaths.journal(rest, portalId) });
    if (answer === undefined) return undefined;
    const entry = entryAnswer.safeParse(answer);
    if (!entry.success) throw notTheJournal();
    assertSafe(entry.data.url);
    return entry.data;
  };
  const behind = async (offset: string | undefined): Promise<Entry | "lost" | undefined> => {
    try {
      return await read(offset === undefined ? "/earliest" : `/offset/${encodeURIComponent(offset)}/next`);
    } catch (error) {
      if (offset !== undefined && unknownOffset.has(failureOf(error)?.kind)) return "lost";
      throw error;
    }
  };
  return {
    portalId,
    subscriptions: async () => {
      const answer = await session.call({ method: "GET", path: apiPaths.journalSubscriptions });
      const list = z.object({ results: z.array(z.unknown()) }).safeParse(answer);
      if (!list.success) throw notTheJournal();
      // Those of forms that nobody knows are not ours.
      return list.data.results
        .flatMap((each) => subscription.safeParse(each).data ?? [])
        .filter((each) => each.portalId === portalId);
    },
    subscribe: async (wanted) => {
      const body = { ...wanted, portalId: Number(portalId) };
      // The same twice is one subscription, or two that tell the same: a lost answer is no unknown outcome.
      const answer = await session.call({ method: "POST", path: apiPaths.journalSubscriptions, body });
      const made = subscription.safeParse(answer);
      if (!made.success) throw notTheJournal();
      return made.data;
    },
    assertReadable: async () => {
      await read("/latest");
    },
    next: async (offset) => {
      // An address that is over is asked for once more.
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const entry = await behind(offset);
        if (entry === "lost" || !entry) return entry;
        const file = await fetched(entry, transport);
        if (file) return file;
      }
      throw new FailureError({
        kind: "transient",
        message:
          "HubSpot's Webhooks Journal names a file that cannot be fetched: let Cosell reach its files' addresses.",
      });
    },
  };
}

/** `undefined`: the address is over, or the file is. */
async function fetched(
  { url, currentOffset: offset }: Entry,
  transport: DownloadOptions,
): Promise<JournalFile | undefined> {
  const answer = await download(url, transport).catch((error: unknown) => {
    throw new FailureError(classify(error), { cause: error });
  });
  if (goneStatuses.has(answer.status)) return undefined;
  const parsed = answer.status < 300 ? fileAnswer.safeParse(jsonOf(answer.body)) : undefined;
  if (parsed?.success !== true)
    throw new FailureError({ kind: "transient", message: "A file of HubSpot's Webhooks Journal could not be read." });
  const publishedAt = Date.parse(parsed.data.publishedAt ?? "");
  return {
    offset,
    events: parsed.data.journalEvents,
    publishedAt: Number.isNaN(publishedAt) ? undefined : publishedAt,
  };
}

function assertSafe(url: string): void {
  if (url.startsWith("https:") || isLocal(url)) return;
  throw new FailureError({
    kind: "config",
    message: "The Webhooks Journal names a file at an address without https: check baseUrl.",
  });
}

function notTheJournal(): FailureError {
  return new FailureError({
    kind: "config",
    message: "What answers at baseUrl is not HubSpot's Webhooks Journal: check the address.",
  });
}
