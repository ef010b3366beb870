import { type EmulatorClock, type EmulatorServer, mergeSettings } from "../kernel/index.ts";
import type { Company } from "./company.ts";
import type { PipedriveDocument, PipedriveRecord, PipedriveUser } from "./document.ts";
import { createServer } from "./http/server.ts";
import { type CompanySeed, documentOf, loadCompany } from "./load-document.ts";
import { deleteRecord, mergeRecords, restoreRecord } from "./records/lifecycle.ts";
import { createRecordStore } from "./records/record-store.ts";
import { createRecord, type SentFields, updateRecord } from "./records/writes.ts";
import { buildSchema, type CompanySchema } from "./schema/schema.ts";
import { defaultPipedriveSettings, type PipedriveSettings } from "./settings.ts";
import { createWebhooks } from "./webhooks/webhooks.ts";

/** What Pipedrive is made of. */
export interface PipedriveOptions {
  readonly clock: EmulatorClock;
  /** Laid over the defaults. */
  readonly settings?: Partial<PipedriveSettings>;
}

/** The hands of a person in one company. Throws `PipedriveError` where Pipedrive refuses. */
export interface PipedriveCompany {
  readonly companyId: number;
  /** Replaces everything that the company holds. */
  load(seed: CompanySeed): void;
  schema(): CompanySchema;
  /** The key of a custom field, by its name. */
  keyOf(object: string, name: string): string;
  /** @returns its id */
  create(object: string, fields: SentFields): number;
  edit(object: string, id: number, fields: SentFields): void;
  remove(object: string, id: number): void;
  /** Brings a deleted record back. */
  restore(object: string, id: number): void;
  /** Merges a record into another, which stays. */
  merge(object: string, id: number, withId: number): void;
  /** Adds or replaces a user. */
  putUser(user: PipedriveUser): void;
  /** An object's records, deleted ones too. */
  records(object: string): readonly PipedriveRecord[];
}

/** An emulated Pipedrive with several companies: a server for real clients, and a handle for whoever drives the world. */
export interface Pipedrive extends EmulatorServer {
  readonly name: "pipedrive";
  /** Everything that the companies hold. */
  state(): PipedriveDocument;
  /** Replaces everything; a company that the document does not name is empty then. Throws a RangeError for one that there is not. */
  load(document: PipedriveDocument | { readonly companies: Readonly<Record<string, CompanySeed>> }): void;
  settings(): PipedriveSettings;
  /** Throws a RangeError that names a setting that there is not. */
  configure(change: Partial<PipedriveSettings>): void;
  /** @param companyId @defaultValue the first one */
  company(companyId?: number): PipedriveCompany;
  /** A person changes a record in whichever company has it. */
  edit(object: string, id: string, fields: SentFields): void;
  /** Ends every token that was given out; those of users stay. */
  expireTokens(): void;
  /** Resolves when no webhook is under way. */
  webhooksIdle(): Promise<void>;
  close(): Promise<void>;
}

/** Records that are made while it runs are numbered from here, above any seed's. */
const firstId = 100_001;

/** Makes the companies; put them on the network with `startHost`. */
export function createPipedrive({ clock, settings = {} }: PipedriveOptions): Pipedrive {
  let current: PipedriveSettings = { ...defaultPipedriveSettings, ...settings };
  let nextId = firstId;
  const webhooks = createWebhooks(clock, () => current);
  const companies = new Map<number, Company>();

  const makeCompany = (companyId: number): Company => {
    const own = (): PipedriveSettings["companies"][number] => {
      const found = current.companies.find((company) => company.companyId === companyId);
      if (!found) throw new RangeError(`There is no company ${companyId}.`);
      return found;
    };
    let built: { readonly from: readonly string[]; readonly schema: CompanySchema } | undefined;
    const schema = (): CompanySchema => {
      if (built?.from !== current.removedFields)
        built = { from: current.removedFields, schema: buildSchema(own(), current.removedFields) };
      return built.schema;
    };
    const company: Company = {
      ...{ clock, own, schema, settings: () => current, store: createRecordStore(), users: new Map() },
      newId: () => (nextId += 1),
      tell: (event) => webhooks.tell(companyId, schema().object(event.object).singular, event),
    };
    loadCompany(company, { records: {} });
    return company;
  };
  const companyOf = (companyId: number): Company => {
    const known = companies.get(companyId) ?? makeCompany(companyId);
    companies.set(companyId, known);
    return known;
  };
  const all = (): readonly Company[] => current.companies.map(({ companyId }) => companyOf(companyId));
  const { server, sessions } = createServer({ clock, settings: () => current, company: companyOf });

  return {
    ...server,
    name: "pipedrive",
    state: () => documentOf(all()),
    load: ({ companies: given }) => {
      const unknown = Object.keys(given).find((id) => !all().some((company) => String(company.own().companyId) === id));
      if (unknown !== undefined) throw new RangeError(`There is no company ${unknown}.`);
      for (const company of all()) loadCompany(company, given[String(company.own().companyId)] ?? { records: {} });
    },
    settings: () => current,
    configure: (change) => {
      current = mergeSettings(current, change);
    },
    company: (companyId = current.companies[0]?.companyId ?? 0) => handleOf(companyOf(companyId)),
    edit: (object, id, fields) => {
      const company = all().find(({ store }) => store.get(object, Number(id)));
      if (!company) throw new RangeError(`No company has ${object} ${id}.`);
      handleOf(company).edit(object, Number(id), fields);
    },
    expireTokens: () => sessions.expireAll(),
    webhooksIdle: () => webhooks.idle(),
    close: () => webhooks.close(),
  };
}

function handleOf(company: Company): PipedriveCompany {
  const objectNamed = (name: string): ReturnType<CompanySchema["object"]> => company.schema().object(name);
  return {
    companyId: company.own().companyId,
    load: (seed) => loadCompany(company, seed),
    schema: company.schema,
    keyOf: (object, name) => {
      const field = objectNamed(object).fields.find((each) => each.custom && each.name === name);
      if (!field) throw new RangeError(`${object} has no field ${name}.`);
      return field.code;
    },
    create: (object, fields) => createRecord(company, objectNamed(object), fields, "app").id,
    edit: (object, id, fields) => {
      updateRecord(company, objectNamed(object), id, fields, "app");
    },
    remove: (object, id) => deleteRecord(company, objectNamed(object), id, "app"),
    restore: (object, id) => restoreRecord(company, objectNamed(object), id, "app"),
    merge: (object, id, withId) => {
      mergeRecords(company, objectNamed(object), id, withId, "app");
    },
    putUser: (user) => {
      company.users.set(user.id, user);
    },
    records: (object) => company.store.all(objectNamed(object).name),
  };
}
