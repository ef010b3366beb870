import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JsonObject, Secret, silentLogger, systemClock as clock } from "@cosell/connector";
import { salesforce } from "@cosell/connector-salesforce";
import { valueAt } from "@cosell/core";
import { type RunningEmulators, runningClock, startEmulators } from "@cosell/emulator";
import { createEngine, type SyncReport } from "@cosell/engine";
import { createMemoryQuotaGate, createPartnerCentral, partnerCentralTarget as target } from "@cosell/partner-central";
import { openState } from "@cosell/state";
import { cosell, type CommandResult, writeConfiguration } from "./command.ts";
import { createReadyDeal } from "./deal.ts";
import { shippedMapping } from "./world.ts";

/** What a command answered with `--json`. */
export interface Answered<Document> {
  readonly code: number | null;
  readonly document: Document;
}

type DealFields = Parameters<typeof createReadyDeal>[1];

/** Both servers, and the command between them as an operator has it. */
export interface OperatorWorld {
  readonly folder: string;
  readonly emulators: RunningEmulators;
  /** A sync over the command's own state, in this process: what only sets a scene need not start the command. */
  sync(): Promise<SyncReport>;
  /** Runs `cosell` to its end. */
  run(...words: readonly string[]): Promise<CommandResult>;
  /** The same with `--json`, and what it printed. */
  json(...words: readonly string[]): Promise<Answered<unknown>>;
  /** A deal's CRM record as Salesforce holds it. */
  record(crmRef: string): Readonly<Record<string, unknown>>;
  opportunities(): readonly Readonly<Record<string, unknown>>[];
  idOf(crmRef: string): string;
  /** What an opportunity holds at a path. */
  at(opportunityId: string, path: string): unknown;
  /** A deal that both sides know and AWS has approved; `fields` are laid over it. */
  approvedDeal(fields?: DealFields): Promise<{ readonly deal: string; readonly id: string }>;
  /** A seller's hands. */
  editCrm(deal: string, fields: Parameters<RunningEmulators["salesforce"]["edit"]>[2]): void;
  /** AWS's hands. */
  editAws(id: string, fields: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** How long before a command the last edit is: a change feed leaves out what is younger than two seconds. */
const settledMs = 3000;

/** The servers' clocks are late, and are put forward before each command: what was edited is old enough then, without a wait. */
export async function startOperatorWorld(): Promise<OperatorWorld> {
  const late = runningClock();
  late.advance(-10 * 60_000);
  const emulators = await startEmulators({
    clock: late,
    settings: { partnerCentralSelling: { inReviewAfterMs: Number.MAX_SAFE_INTEGER } },
  });
  const folder = mkdtempSync(join(tmpdir(), "cosell-operator-"));
  writeConfiguration(folder, emulators);
  const run = (...words: readonly string[]): Promise<CommandResult> => {
    late.advance(settledMs);
    return cosell(folder, words);
  };
  const opportunities = (): readonly Readonly<Record<string, unknown>>[] => emulators.partnerCentral.opportunities();
  const sync = (): Promise<SyncReport> => {
    late.advance(settledMs);
    return syncOver(folder, emulators);
  };
  const idOf = (crmRef: string): string => {
    const found = opportunities().find((one) => one["PartnerOpportunityIdentifier"] === crmRef)?.["Id"];
    if (typeof found !== "string") throw new Error(`no opportunity carries ${crmRef}`);
    return found;
  };
  return {
    folder,
    emulators,
    sync,
    run,
    json: async (...words) => {
      const { code, stdout, stderr } = await run(...words, "--json");
      if (stderr !== "") throw new Error(stderr);
      return { code, document: JSON.parse(stdout) as unknown };
    },
    record: (crmRef) => {
      const record = emulators.salesforce.records("Opportunity").find(({ Id }) => Id === crmRef);
      if (record === undefined) throw new Error(`no record ${crmRef}`);
      return record;
    },
    opportunities,
    idOf,
    at: (id, path) => valueAt((opportunities().find(({ Id }) => Id === id) ?? {}) as JsonObject, path),
    approvedDeal: async (fields = {}) => {
      const deal = createReadyDeal(emulators.salesforce, fields);
      await sync();
      const id = idOf(deal);
      emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
      await sync();
      return { deal, id };
    },
    editCrm: (deal, fields) => emulators.salesforce.edit("Opportunity", deal, fields),
    editAws: (id, fields) => emulators.partnerCentral.edit({ object: "Opportunity", id, fields }),
    close: async () => {
      await emulators.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function syncOver(folder: string, emulators: RunningEmulators): Promise<SyncReport> {
  const store = await openState({ url: `sqlite:${join(folder, ".cosell/state.db")}`, clock });
  const config = await salesforce.config["~standard"].validate({
    instanceUrl: emulators.salesforce.url,
    accessToken: new Secret("emulator-access-token"),
  });
  if (config.issues !== undefined) throw new Error(JSON.stringify(config.issues));
  const tokens = store.tokens("crm");
  const connection = await salesforce.connect(config.value, { clock, logger: silentLogger, tokens });
  const partnerCentral = createPartnerCentral({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint: emulators.partnerCentralSelling.url,
    credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "emulated" },
    gate: createMemoryQuotaGate({ clock, limits: { read: { perSecond: 500 }, write: { perSecond: 500 } } }),
    clock,
    logger: silentLogger,
  });
  const { capabilities } = salesforce;
  const sync = {
    name: "opportunities",
    direction: "both",
    mapping: shippedMapping(),
    connection,
    capabilities,
  } as const;
  try {
    return await createEngine({ sync, store, partnerCentral, target, clock, logger: silentLogger }).sync();
  } finally {
    partnerCentral.close();
    await connection.close();
    await store.close();
  }
}
