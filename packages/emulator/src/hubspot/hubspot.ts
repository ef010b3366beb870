import { type EmulatorClock, type EmulatorServer, mergeSettings } from "../kernel/index.ts";
import type { HubspotDocument, HubspotOwner, HubspotRecord } from "./document.ts";
import { createServer } from "./http/server.ts";
import type { JournalDocument } from "./journal/journal-document.ts";
import { createJournal } from "./journal/journal.ts";
import { documentOf, loadPortal, type PortalSeed } from "./load-document.ts";
import type { Portal } from "./portal.ts";
import { associate, dissociate } from "./records/associate.ts";
import { createAssociationStore, type RecordPlace } from "./records/association-store.ts";
import { archiveRecord, mergeRecords, restoreRecord } from "./records/lifecycle.ts";
import { createRecordStore } from "./records/record-store.ts";
import { createRecord, type SentProperties, editAsPerson } from "./records/writes.ts";
import { buildSchema } from "./schema/schema.ts";
import { defaultHubspotSettings, hubspotChoices, type HubspotSettings } from "./settings.ts";
import { createWebhooks } from "./webhooks/webhooks.ts";

/** What HubSpot is made of. */
export interface HubspotOptions {
  readonly clock: EmulatorClock;
  /** Laid over the defaults. */
  readonly settings?: Partial<HubspotSettings>;
}

/** The hands of a person in one portal. Throws `HubspotError` where HubSpot refuses. */
export interface HubspotPortal {
  readonly portalId: number;
  /** Replaces everything that the portal holds. */
  load(seed: PortalSeed): void;
  /** @returns its id */
  create(object: string, properties: SentProperties): string;
  edit(object: string, id: string, properties: SentProperties): void;
  archive(object: string, id: string): void;
  restore(object: string, id: string): void;
  /** @returns the id of the record that is left: a new one */
  merge(object: string, primary: string, other: string): string;
  /** @param typeIds @defaultValue the unlabelled way; the first company becomes the primary one */
  associate(from: RecordPlace, to: RecordPlace, typeIds?: readonly number[]): void;
  dissociate(from: RecordPlace, to: RecordPlace): void;
  /** Adds or replaces an owner. */
  putOwner(owner: HubspotOwner): void;
  /** An object's records, archived ones too. */
  records(object: string): readonly HubspotRecord[];
  /** Ids of the records that one is associated with. */
  associated(from: RecordPlace, to: string): readonly string[];
}

/** An emulated HubSpot with several portals: a server for real clients, and a handle for whoever drives the world. */
export interface Hubspot extends EmulatorServer {
  readonly name: "hubspot";
  /** Everything that the portals hold. */
  state(): HubspotDocument;
  /** Replaces everything; a portal that the document does not name is empty then. Throws a RangeError for one that there is not. */
  load(
    document:
      HubspotDocument | { readonly portals: Readonly<Record<string, PortalSeed>>; readonly journal?: JournalDocument },
  ): void;
  settings(): HubspotSettings;
  /** Throws a RangeError that names a setting that there is not. */
  configure(change: Partial<HubspotSettings>): void;
  /** @param portalId @defaultValue the first one */
  portal(portalId?: number): HubspotPortal;
  /** A person changes a record in whichever portal has it. */
  edit(object: string, id: string, properties: SentProperties): void;
  /** Ends every token that was given out; those of private apps stay. */
  expireTokens(): void;
  /** Resolves when no webhook is under way. */
  webhooksIdle(): Promise<void>;
  close(): Promise<void>;
}

/** Makes the portals; put them on the network with `startHost`. */
export function createHubspot({ clock, settings = {} }: HubspotOptions): Hubspot {
  let current: HubspotSettings = { ...defaultHubspotSettings, ...settings };
  let schema = buildSchema(current.removedProperties);
  let issued = 0n;
  const everything = buildSchema([]);
  const webhooks = createWebhooks(clock, () => current);
  const journal = createJournal(clock, () => current);
  const portals = new Map<number, Portal>();

  const makePortal = (portalId: number): Portal => ({
    clock,
    own: () => {
      const own = current.portals.find((portal) => portal.portalId === portalId);
      if (!own) throw new RangeError(`There is no portal ${portalId}.`);
      return own;
    },
    settings: () => current,
    schema: () => schema,
    store: createRecordStore(everything.objects),
    associations: createAssociationStore(),
    owners: new Map<string, HubspotOwner>(),
    newId: () => {
      const id = String(BigInt(current.firstId) + issued);
      issued += 1n;
      return id;
    },
    tell: (event) => {
      webhooks.tell(portalId, event);
      journal.tell(portalId, event);
    },
  });
  const portalOf = (portalId: number): Portal => {
    const known = portals.get(portalId);
    if (known) return known;
    const made = makePortal(portalId);
    made.own();
    portals.set(portalId, made);
    return made;
  };
  const { server, sessions } = createServer({ clock, settings: () => current, portal: portalOf, journal });
  const all = (): readonly Portal[] => current.portals.map(({ portalId }) => portalOf(portalId));

  return {
    ...server,
    name: "hubspot",
    state: () => ({ ...documentOf(all()), journal: journal.state() }),
    load: (document) => {
      const unknown = Object.keys(document.portals).find(
        (id) => !current.portals.some(({ portalId }) => String(portalId) === id),
      );
      if (unknown !== undefined) throw new RangeError(`There is no portal ${unknown}.`);
      journal.load(document.journal);
      for (const portal of all())
        loadPortal(portal, document.portals[String(portal.own().portalId)] ?? { objects: {} });
    },
    settings: () => current,
    configure: (change) => {
      current = mergeSettings(current, change, hubspotChoices);
      schema = buildSchema(current.removedProperties);
    },
    portal: (portalId = current.portals[0]?.portalId ?? 0) => handleOf(portalOf(portalId)),
    edit: (object, id, properties) => {
      const owner = all().find((portal) => portal.store.get(schema.object(object).name, id));
      if (!owner) throw new RangeError(`No portal has ${object} ${id}.`);
      editAsPerson(owner, schema.object(object), id, properties);
    },
    expireTokens: () => sessions.expireAll(),
    webhooksIdle: () => webhooks.idle(),
    close: () => webhooks.close(),
  };
}

function handleOf(portal: Portal): HubspotPortal {
  const objectNamed = (name: string): ReturnType<ReturnType<Portal["schema"]>["object"]> =>
    portal.schema().object(name);
  return {
    portalId: portal.own().portalId,
    load: (seed) => loadPortal(portal, seed),
    create: (object, properties) => createRecord(portal, objectNamed(object), properties).id,
    edit: (object, id, properties) => {
      editAsPerson(portal, objectNamed(object), id, properties);
    },
    archive: (object, id) => archiveRecord(portal, objectNamed(object), id),
    restore: (object, id) => restoreRecord(portal, objectNamed(object), id),
    merge: (object, primary, other) => mergeRecords(portal, objectNamed(object), primary, other).id,
    associate: (from, to, typeIds) => associate(portal, from, to, typeIds),
    dissociate: (from, to) => dissociate(portal, from, to),
    putOwner: (owner) => {
      portal.owners.set(owner.id, owner);
    },
    records: (object) => [...portal.store.all(objectNamed(object).name)],
    associated: (from, to) => [...portal.associations.of(from, to).keys()],
  };
}
