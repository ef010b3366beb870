import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Clock, type Connection, type JsonObject, Secret, silentLogger } from "@cosell/connector";
import { salesforce } from "@cosell/connector-salesforce";
import { type CompiledMapping, compileMapping, type LoadedMapping, loadMapping } from "@cosell/core";
import { manualClock, type RunningEmulators, startEmulators } from "@cosell/emulator";
import { createEngine, type Engine, type EngineOptions, type SyncDefinition } from "@cosell/engine";
import {
  createMemoryQuotaGate,
  createPartnerCentral,
  type PartnerCentral,
  partnerCentralTarget,
} from "@cosell/partner-central";
import { openState, type StateStore } from "@cosell/state";

import { createReadyDeal } from "./deal.ts";

const root = join(import.meta.dirname, "../../..");
/** Where every story begins. */
const today = "2026-11-21";
/** The change feed leaves out the newest two seconds: a transaction may still be at work in them. */
export const settled = 5000;
const accessKeyId = "AKIACOSELLPARTNERONE";

/** The shipped mapping as it stands in its file; `change` edits its text first. */
export function loadShippedMapping(change: (text: string) => string = (text) => text): LoadedMapping {
  const file = join(root, "mappings/salesforce.opportunity.yaml");
  return loadMapping({
    file: "mappings/salesforce.opportunity.yaml",
    text: change(readFileSync(file, "utf8")),
    resolve: (reference) => {
      const path = join(dirname(file), reference);
      return existsSync(path) ? { file: reference, text: readFileSync(path, "utf8") } : undefined;
    },
  });
}

/** The shipped mapping, compiled; `change` edits its text first. */
export function shippedMapping(change?: (text: string) => string): CompiledMapping {
  const { document, findings } = loadShippedMapping(change);
  if (document === undefined) throw new Error(`the mapping does not load: ${JSON.stringify(findings)}`);
  return compileMapping(document, { target: partnerCentralTarget });
}

/** Both servers, a clock that only moves when it is moved or slept on, and an engine between them: all real but time. */
export interface World {
  readonly emulators: RunningEmulators;
  readonly clock: Clock & { advance(milliseconds: number): void };
  readonly store: StateStore;
  readonly connection: Connection;
  readonly engine: Engine;
  /** The partner's hands at AWS, and the engine's. */
  readonly partnerCentral: PartnerCentral;
  /** Forgets the state file, as if the disk was lost: the same servers, an empty store. */
  withoutState(): Promise<World>;
  withMapping(mapping: CompiledMapping): World;
  /** The same world through an engine made otherwise: parts of its sync, and of the engine itself. */
  withEngine(change: { readonly sync?: Partial<SyncDefinition>; readonly engine?: Partial<EngineOptions> }): World;
  opportunities(): readonly JsonObject[];
  opportunityOf(crmRef: string): JsonObject;
  /** The id of a deal's opportunity. */
  idOf(crmRef: string): string;
  /** A deal's CRM record as Salesforce holds it. */
  record(crmRef: string): JsonObject;
  /** Calls at AWS since the last time this was asked, by operation. */
  awsCalls(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Starts a world. `deals: 0` is an empty org with one account, contact and owner to hang deals on. */
export async function startWorld(options: { readonly deals?: number; readonly seed?: number } = {}): Promise<World> {
  const manual = manualClock(Date.parse(`${today}T09:00:00Z`));
  const clock = {
    ...manual,
    sleep: (milliseconds: number): Promise<void> => {
      manual.advance(milliseconds);
      return Promise.resolve();
    },
  };
  const emulators = await startEmulators({
    clock,
    ...(options.deals === undefined ? {} : { seed: { deals: options.deals, seed: options.seed ?? 1, asOf: today } }),
    // A submission stays `Submitted` until a test's reviewer acts.
    settings: { partnerCentralSelling: { quotas: true, inReviewAfterMs: Number.MAX_SAFE_INTEGER } },
  });
  const folder = mkdtempSync(join(tmpdir(), "cosell-e2e-"));
  const config = await salesforce.config["~standard"].validate({
    instanceUrl: emulators.salesforce.url,
    accessToken: new Secret("emulator-access-token"),
  });
  if (config.issues !== undefined) throw new Error(JSON.stringify(config.issues));
  const partnerCentral = createPartnerCentral({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint: emulators.partnerCentralSelling.url,
    credentials: { accessKeyId, secretAccessKey: "emulated" },
    gate: createMemoryQuotaGate({ clock }),
    clock,
    logger: silentLogger,
  });
  let stores = 0;
  let seen = 0;
  const openStores: StateStore[] = [];
  const open = async (): Promise<{ readonly store: StateStore; readonly connection: Connection }> => {
    stores += 1;
    const store = await openState({ url: `sqlite:${join(folder, `state-${stores}.db`)}`, clock });
    openStores.push(store);
    const connection = await salesforce.connect(config.value, {
      clock,
      logger: silentLogger,
      tokens: store.tokens("crm"),
    });
    return { store, connection };
  };
  const opportunityOf = (crmRef: string): JsonObject => {
    const all = emulators.partnerCentral.opportunities() as readonly JsonObject[];
    const own = all.filter((opportunity) => opportunity["PartnerOpportunityIdentifier"] === crmRef);
    const [only] = own;
    if (only === undefined || own.length > 1) throw new Error(`${own.length} opportunities carry ${crmRef}`);
    return only;
  };
  type Change = Parameters<World["withEngine"]>[0];
  const worldOf = (
    store: StateStore,
    connection: Connection,
    mapping: CompiledMapping,
    change: Change = {},
  ): World => ({
    emulators,
    clock,
    store,
    connection,
    partnerCentral,
    engine: createEngine({
      sync: {
        ...{ name: "opportunities", direction: "both", mapping, connection, capabilities: salesforce.capabilities },
        ...change.sync,
      },
      store,
      partnerCentral,
      target: partnerCentralTarget,
      clock,
      logger: silentLogger,
      concurrency: 1,
      ...change.engine,
    }),
    withoutState: async () => {
      const next = await open();
      return worldOf(next.store, next.connection, mapping, change);
    },
    withMapping: (other) => worldOf(store, connection, other, change),
    withEngine: (other) =>
      worldOf(store, connection, mapping, {
        sync: { ...change.sync, ...other.sync },
        engine: { ...change.engine, ...other.engine },
      }),
    opportunities: () => emulators.partnerCentral.opportunities(),
    opportunityOf,
    idOf: (crmRef) => {
      const id = opportunityOf(crmRef)["Id"];
      if (typeof id !== "string") throw new Error("an opportunity has no id");
      return id;
    },
    record: (crmRef) => {
      const record = emulators.salesforce.records("Opportunity").find(({ Id }) => Id === crmRef);
      if (record === undefined) throw new Error(`no record ${crmRef}`);
      return record;
    },
    awsCalls: () => {
      const calls: Record<string, number> = {};
      for (const { sequence, server, operation } of emulators.requests.since(seen)) {
        seen = sequence;
        if (server === emulators.partnerCentral.name) calls[operation] = (calls[operation] ?? 0) + 1;
      }
      return calls;
    },
    close: async () => {
      partnerCentral.close();
      for (const store of openStores) await store.close();
      await emulators.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
  const { store, connection } = await open();
  return worldOf(store, connection, shippedMapping());
}

/** One deal that is ready to be submitted, older than what the change feed leaves out; `fields` are laid over it. */
export function createDeal({ emulators, clock }: World, fields: Parameters<typeof createReadyDeal>[1] = {}): string {
  const deal = createReadyDeal(emulators.salesforce, fields);
  clock.advance(settled);
  return deal;
}
