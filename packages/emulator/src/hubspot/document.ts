import type { JournalDocument } from "./journal/journal-document.ts";

/** Property values as HubSpot carries them: everything is a text. */
export type HubspotProperties = Readonly<Record<string, string | null>>;

/** One record of a portal. Instants are ISO 8601 in milliseconds. */
export interface HubspotRecord {
  /** Decimal digits, as long as they may be. */
  readonly id: string;
  readonly properties: HubspotProperties;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  /** The record that this one was merged into: asked for this one, HubSpot answers with that one. */
  readonly mergedInto?: string;
}

/** A person who may own records. */
export interface HubspotOwner {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly userId: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The user was deactivated. */
  readonly archived: boolean;
}

/** One labelled way between two records; the way back is an association of its own. */
export interface HubspotAssociation {
  readonly from: string;
  readonly fromId: string;
  readonly to: string;
  readonly toId: string;
  readonly typeId: number;
}

/** Everything that a portal holds. */
export interface PortalDocument {
  readonly objects: Readonly<Record<string, readonly HubspotRecord[]>>;
  readonly associations: readonly HubspotAssociation[];
  readonly owners: readonly HubspotOwner[];
}

/** Everything that the server holds, by portal id. */
export interface HubspotDocument {
  readonly portals: Readonly<Record<string, PortalDocument>>;
  /** The Webhooks Journal of the app. */
  readonly journal?: JournalDocument;
}
