import { type ConnectorContext, type Failure, FailureError, failureOf, type ServerTime } from "@cosell/connector";
import type { AccountKeeper } from "./account.ts";
import { classify } from "./classify.ts";
import type { HubspotConfig } from "./config.ts";
import { type JournalFile, openJournal } from "./journal.ts";
import {
  completeSince,
  lastBegin,
  missingSubscriptions,
  type Subscription,
  wantedSubscriptions,
} from "./journal-subscriptions.ts";
import { heardAfterMs } from "./journal-walk.ts";
import type { Walk } from "./search-walk.ts";
import { createSession } from "./session.ts";

/** A journal that answers, and tells all that is wanted of it. */
export interface OpenJournal {
  readonly portalId: string;
  /** As `Journal` has it; `failed`: it does not answer, and is left alone for a while. */
  readonly next: (offset: string | undefined) => Promise<JournalFile | "failed" | "lost" | undefined>;
  /** Since when, milliseconds since 1970. */
  readonly completeSince: number;
}

/** Decides whether changes come from the Webhooks Journal or from the search. */
export interface JournalTier {
  /** The journal, with its subscriptions made or completed; `undefined` where the search must do. Throws `aborted` only. */
  open(walk: Walk, fields: readonly string[]): Promise<OpenJournal | undefined>;
  /** Which of the two it is, for people; changes nothing. */
  explain(): Promise<string>;
}

/** A decision holds so long: then it is noticed that somebody ended a subscription, and a journal that failed is tried again. */
const lookAgainAfterMs = 10 * 60_000;

/** The journal takes 100 calls in a second of each app and counts for no portal's limits (HubSpot, "Webhooks journal", rate limits). */
const callsPerTenSeconds = 1000;

export function createJournalTier(
  config: HubspotConfig,
  context: ConnectorContext,
  { account, time }: { readonly account: AccountKeeper; readonly time: ServerTime },
): JournalTier {
  const { journal: credentials, timeoutMs } = config;
  const { clock, logger, signal } = context;
  if (!credentials)
    return {
      open: () => Promise.resolve(undefined),
      explain: () => Promise.resolve("changes by search"),
    };
  const session = createSession({ ...config, credentials, callsPerTenSeconds }, context, time);
  const decisions = new Map<string, { readonly open: OpenJournal | undefined; readonly until: number }>();
  let blockedUntil = 0;
  const searchInstead = (error: unknown, object: string): void => {
    const failure = failureOf(error) ?? classify(error);
    if (failure.kind === "aborted") throw new FailureError(failure, { cause: error });
    logger.warn("hubspot: the Webhooks Journal does not answer; changes are followed by search", {
      ...{ object, kind: failure.kind, code: failure.code, reason: failure.message },
    });
  };

  const decide = async (walk: Walk, fields: readonly string[]): Promise<OpenJournal | undefined> => {
    const { object } = walk.description;
    const wanted = wantedSubscriptions(walk, fields);
    if (!wanted) {
      logger.info("hubspot: the Webhooks Journal is not used for this object", { object });
      return undefined;
    }
    try {
      const journal = await openJournal(session, account, { timeoutMs, signal });
      await journal.assertReadable();
      const present = await journal.subscriptions();
      const missing = missingSubscriptions(wanted, present);
      const made = [];
      for (const each of missing) made.push(await journal.subscribe(each));
      if (made.length > 0) logger.info("hubspot: subscribed to the Webhooks Journal", { object, count: made.length });
      const since = completeSince(wanted, [...present, ...made]);
      if (since === undefined) return undefined;
      const next: OpenJournal["next"] = async (offset) => {
        try {
          return await journal.next(offset);
        } catch (error) {
          searchInstead(error, object);
          blockedUntil = clock.now() + lookAgainAfterMs;
          return "failed";
        }
      };
      return { portalId: journal.portalId, next, completeSince: since };
    } catch (error) {
      searchInstead(error, object);
      return undefined;
    }
  };
  return {
    open: async (walk, fields) => {
      const key = JSON.stringify([walk.description.object, [...fields].sort()]);
      if (clock.now() < blockedUntil) return undefined;
      const known = decisions.get(key);
      if (known && clock.now() < known.until) return known.open;
      const open = await decide(walk, fields);
      decisions.set(key, { open, until: clock.now() + lookAgainAfterMs });
      return open;
    },
    explain: async () => {
      try {
        const journal = await openJournal(session, account, { timeoutMs, signal });
        const present = await journal.subscriptions();
        // The earliest file too: it lies elsewhere, where a firewall may not let us.
        await journal.next(undefined);
        return isYoung(present, time.now())
          ? "changes by search, and by the Webhooks Journal half an hour after the first sync with it"
          : "changes by the Webhooks Journal";
      } catch (error) {
        const failure = failureOf(error) ?? classify(error);
        if (failure.kind === "aborted") throw new FailureError(failure, { cause: error });
        return `${bySearch} ${adviceOn(failure)}`;
      }
    },
  };
}

const bySearch = "changes by search, since the Webhooks Journal cannot be used:";

/** Whether the search must do yet, whatever the mapping wants. */
function isYoung(present: readonly Subscription[], now: number): boolean {
  return now - lastBegin(present) < heardAfterMs;
}

function adviceOn({ kind, message }: Failure): string {
  if (kind !== "missing" && kind !== "permission") return message;
  const told = kind === "permission" ? message : "HubSpot shows the app no journal.";
  return `${told} The app (journalClientId) must be installed in this portal and may need HubSpot's leave to use it.`;
}
