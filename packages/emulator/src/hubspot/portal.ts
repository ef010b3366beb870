import type { EmulatorClock } from "../kernel/index.ts";
import type { HubspotOwner } from "./document.ts";
import type { AssociationStore } from "./records/association-store.ts";
import type { RecordStore } from "./records/record-store.ts";
import type { Schema } from "./schema/schema.ts";
import type { HubspotSettings, PortalSettings } from "./settings.ts";
import type { WebhookEventDraft } from "./webhooks/webhook-event.ts";

/** One portal with all that it holds. */
export interface Portal {
  readonly clock: EmulatorClock;
  readonly own: () => PortalSettings;
  readonly settings: () => HubspotSettings;
  readonly schema: () => Schema;
  readonly store: RecordStore;
  readonly associations: AssociationStore;
  readonly owners: Map<string, HubspotOwner>;
  readonly newId: () => string;
  /** Something happened that webhooks tell. */
  readonly tell: (event: WebhookEventDraft) => void;
}

/** Now, as records carry it. */
export const stampOf = ({ clock }: Pick<Portal, "clock">): string => new Date(clock.now()).toISOString();
