import type { EmulatorClock, EmulatorServer } from "../kernel/index.ts";
import { assertSettings } from "./assert-settings.ts";
import type { SalesforceDocument, SalesforceRecord, SalesforceSeed } from "./document.ts";
import { createServer } from "./http/server.ts";
import { documentOf, loadDocument } from "./load-document.ts";
import type { Org } from "./org.ts";
import { applyFeatures } from "./records/apply-features.ts";
import { type ConvertedLead, convertLead, type ConvertOptions } from "./records/convert-lead.ts";
import { editAsPerson } from "./records/edit-as-person.ts";
import { deleteRecord, mergeRecords, undeleteRecord } from "./records/lifecycle.ts";
import { recordId } from "./records/record-id.ts";
import { createRecordStore } from "./records/record-store.ts";
import { createRecord, type SentFields } from "./records/writes.ts";
import type { ObjectDefinition } from "./schema/object.ts";
import { buildSchema, wholeSchema } from "./schema/schema.ts";
import { defaultSalesforceSettings, type SalesforceSettings } from "./settings.ts";

/** What an org is made of. */
export interface SalesforceOptions {
  readonly clock: EmulatorClock;
  /** Records to begin with. @defaultValue none but a user and the Organization */
  readonly seed?: SalesforceSeed;
  /** @defaultValue {@link defaultSalesforceSettings} */
  readonly settings?: Partial<SalesforceSettings>;
}

/**
 * An emulated Salesforce org: a server for real clients, and a handle for whoever drives the world. What the handle
 * does is judged as if a person did it in the browser; it throws {@link SalesforceError} where Salesforce refuses.
 */
export interface Salesforce extends EmulatorServer {
  readonly name: "salesforce";
  /** Everything that the org holds, deleted records too. */
  state(): SalesforceDocument;
  /** Replaces everything that the org holds. */
  load(document: SalesforceDocument): void;
  settings(): SalesforceSettings;
  /** Changes settings while the org runs: also removes fields, adds rules, record types and currencies. Throws a RangeError that names the setting. */
  configure(change: Partial<SalesforceSettings>): void;
  /** A person creates a record, whatever a duplicate rule alerts to. @returns its id */
  create(object: string, fields: SentFields): string;
  /** A person changes a record; some fields stand for a button ({@link editAsPerson}). */
  edit(object: string, id: string, fields: SentFields): void;
  /** A person deletes a record: it goes to the recycle bin with its children. */
  remove(object: string, id: string): void;
  /** A person takes a record out of the recycle bin. */
  undelete(object: string, id: string): void;
  /** A person converts a lead into an account, a contact and an opportunity. */
  convert(lead: string, options?: ConvertOptions): ConvertedLead;
  /** A person merges accounts, contacts or leads: `losers` go into `winner`. */
  merge(object: string, winner: string, losers: readonly string[]): void;
  /** An object's records, in the order in which they came, deleted ones too. */
  records(object: string): readonly SalesforceRecord[];
  /** Ends every access token that was given out. */
  expireTokens(): void;
}

/** Records that are made while the org runs are numbered from here, above any seed's. */
const firstNumber = 1_000_000;

/** Makes an org; put it on the network with `startHost`. */
export function createSalesforce({ clock, seed = { records: {} }, settings }: SalesforceOptions): Salesforce {
  let current: SalesforceSettings = { ...defaultSalesforceSettings, ...settings };
  let schema = buildSchema(current);
  let number = firstNumber;
  // The store knows the whole schema: a field that is removed keeps its values and comes back with them.
  const everything = wholeSchema();
  const store = createRecordStore(everything.objects);
  const org: Org = {
    clock,
    store,
    schema: () => schema,
    settings: () => current,
    newId: (keyPrefix) => {
      for (;;) {
        const id = recordId(keyPrefix, (number += 1));
        if (everything.objects.every((object) => object.keyPrefix !== keyPrefix || !store.get(object, id))) return id;
      }
    },
  };
  const whole: Org = { ...org, schema: () => everything };
  const { server, sessions } = createServer(org);
  const objectNamed = (name: string): ObjectDefinition => schema.object(name);
  const load = (document: SalesforceDocument): void => {
    loadDocument(whole, document, schema);
    applyFeatures(whole);
  };
  load(seed);
  return {
    ...server,
    name: "salesforce",
    state: () => documentOf(whole),
    load,
    settings: () => current,
    configure: (change) => {
      const next = { ...current, ...change };
      assertSettings(next, everything);
      current = next;
      schema = buildSchema(current);
      applyFeatures(whole);
    },
    create: (object, fields) =>
      store.transaction(() => createRecord(org, objectNamed(object), fields, { allowDuplicates: true })),
    edit: (object, id, fields) => store.transaction(() => editAsPerson(org, objectNamed(object), id, fields)),
    remove: (object, id) => store.transaction(() => deleteRecord(org, objectNamed(object), id)),
    undelete: (object, id) => store.transaction(() => undeleteRecord(org, objectNamed(object), id)),
    convert: (lead, options) => store.transaction(() => convertLead(org, lead, options)),
    merge: (object, winner, losers) => mergeRecords(org, objectNamed(object), winner, losers),
    records: (object) => [...store.all(everything.object(object))],
    expireTokens: sessions.expireAll,
  };
}
