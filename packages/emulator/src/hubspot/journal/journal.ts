import { randomUUID } from "node:crypto";
import { type EmulatorClock, isJsonObject } from "../../kernel/index.ts";
import type { HubspotSettings } from "../settings.ts";
import type { WebhookEventDraft } from "../webhooks/webhook-event.ts";
import type { JournalDocument, JournalEvent, JournalFile, JournalSubscription } from "./journal-document.ts";
import { journalEventOf } from "./journal-events.ts";

/** The journal of all portals together. */
export const wholeApp = "app";

/** The Webhooks Journal of the app: what its subscriptions hear, file by file, for three days. */
export interface Journal {
  tell(portalId: number, draft: WebhookEventDraft): void;
  subscriptions(): readonly JournalSubscription[];
  /** Takes the place of the one about the same, where the settings say so. */
  subscribe(wanted: Omit<JournalSubscription, "appId" | "createdAt" | "id" | "updatedAt">): JournalSubscription;
  unsubscribe(which: (subscription: JournalSubscription) => boolean): void;
  /** Files that are kept, oldest first. @param view a portal's id, or `wholeApp` */
  files(view: string): readonly JournalFile[];
  state(): JournalDocument;
  /** @defaultValue nothing. Throws a RangeError for what no `state` gave. */
  load(document?: JournalDocument): void;
}

interface View {
  waiting: JournalEvent[];
  files: JournalFile[];
}

const appId = 1;

/**
 * Events wait for `journalLagMs`; then whoever looks finds them in files of up to `journalFileEvents`, which stay as they
 * are until they are older than `journalRetentionMs`.
 */
export function createJournal(clock: EmulatorClock, settings: () => HubspotSettings): Journal {
  let issued = 0;
  let subscriptions: readonly JournalSubscription[] = [];
  let views = new Map<string, View>();

  const viewOf = (name: string): View => {
    const view = views.get(name) ?? { waiting: [], files: [] };
    views.set(name, view);
    return view;
  };
  const publish = (view: View): void => {
    const { journalLagMs, journalFileEvents } = settings();
    const now = clock.now();
    const isOut = ({ occurredAt }: JournalEvent): boolean => Date.parse(occurredAt) + journalLagMs <= now;
    const out = view.waiting.filter(isOut);
    view.waiting = view.waiting.filter((event) => !isOut(event));
    for (let begin = 0; begin < out.length; begin += journalFileEvents) {
      const journalEvents = out.slice(begin, begin + journalFileEvents);
      const last = Date.parse(journalEvents.at(-1)?.occurredAt ?? "");
      const publishedAt = new Date(last + journalLagMs).toISOString();
      view.files.push({ offset: randomUUID(), journalEvents, publishedAt });
    }
  };
  return {
    tell: (portalId, draft) => {
      const happening = { portalId, occurredAt: new Date(clock.now()).toISOString() };
      const event = journalEventOf(happening, draft, subscriptions);
      if (!event) return;
      const events = settings().journalTellsTwice ? [event, event] : [event];
      for (const view of [viewOf(String(portalId)), viewOf(wholeApp)]) view.waiting.push(...events);
    },
    subscriptions: () => subscriptions,
    subscribe: (wanted) => {
      const now = new Date(clock.now()).toISOString();
      const same =
        settings().journalSubscribing === "update" ? subscriptions.find((each) => isSame(each, wanted)) : undefined;
      issued += 1;
      const made = { ...wanted, appId, id: same?.id ?? issued, createdAt: same?.createdAt ?? now, updatedAt: now };
      subscriptions = [...subscriptions.filter((each) => each !== same), made];
      return made;
    },
    unsubscribe: (which) => {
      subscriptions = subscriptions.filter((each) => !which(each));
    },
    files: (name) => {
      const view = viewOf(name);
      publish(view);
      const oldest = clock.now() - settings().journalRetentionMs;
      view.files = view.files.filter(({ publishedAt }) => Date.parse(publishedAt) > oldest);
      return view.files;
    },
    state: () => ({ issued, subscriptions, views: structuredClone(Object.fromEntries(views)) }),
    load: (document) => {
      if (document !== undefined && !isDocument(document))
        throw new RangeError("hubspot.journal must be a document that GET /state gave.");
      issued = document?.issued ?? 0;
      subscriptions = document?.subscriptions ?? [];
      views = new Map(
        Object.entries(document?.views ?? {}).map(([name, { waiting, files }]) => [
          name,
          { waiting: [...waiting], files: [...files] },
        ]),
      );
    },
  };
}

function isDocument(value: unknown): value is JournalDocument {
  if (!isJsonObject(value) || !Array.isArray(value["subscriptions"]) || !isJsonObject(value["views"])) return false;
  return Object.values(value["views"]).every(
    (view) => isJsonObject(view) && Array.isArray(view["waiting"]) && Array.isArray(view["files"]),
  );
}

function isSame(
  one: JournalSubscription,
  other: Omit<JournalSubscription, "appId" | "createdAt" | "id" | "updatedAt">,
): boolean {
  return (
    one.portalId === other.portalId &&
    one.subscriptionType === other.subscriptionType &&
    one.objectTypeId === other.objectTypeId
  );
}
