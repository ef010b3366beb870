import type { Logger } from "@cosell/connector";
import { manualClock, type EmulatorClock, type RunningEmulators, startEmulators } from "@cosell/emulator";
import type { StateStore } from "@cosell/state";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadConfiguration } from "../configuration/load.ts";
import { chooseSync } from "../session/choose-sync.ts";
import { openSync, type OpenedSync } from "../session/open-sync.ts";
import { openStore } from "../session/open-store.ts";
import { shippedMapping } from "../session/shipped-mapping.ts";
import { type DemoCrm, demoCrms } from "./crm.ts";
import { virtualClock } from "./virtual-clock.ts";

/** What to play with. */
export interface WorldOptions {
  /** Where the configuration and the state lie. */
  readonly folder: string;
  /** @defaultValue "salesforce" */
  readonly crm?: DemoCrm["connector"];
  readonly deals: number;
  readonly seed: number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** A company with its CRM, AWS on the other side, and Cosell between them; all in this process, in a time of its own. */
export interface DemoWorld extends Pick<OpenedSync, "engine"> {
  readonly time: Required<EmulatorClock>;
  readonly crm: DemoCrm;
  readonly partnerCentral: RunningEmulators["partnerCentral"];
  readonly requests: RunningEmulators["requests"];
  readonly store: StateStore;
  readonly sync: string;
  close(): Promise<void>;
}

/** A Monday morning. */
const begin = Date.UTC(2026, 10, 2, 9);

/** Starts everything. Cosell itself is composed as for any user: from a `cosell.yaml`, with real clients over HTTP. */
export async function startWorld(options: WorldOptions): Promise<DemoWorld> {
  const { folder, deals, seed, logger, signal } = options;
  const time = manualClock(begin);
  const clock = virtualClock(time);
  const emulators = await startEmulators({
    clock: time,
    seed: { deals, seed, asOf: new Date(begin).toISOString().slice(0, 10) },
    // AWS's own quotas; and a change on AWS's side shows in the list of opportunities, as Cosell polls in this release.
    settings: { partnerCentralSelling: { quotas: true, summaryEditTouchesOpportunity: true } },
  });
  const closers: (() => Promise<void>)[] = [() => emulators.close()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const crm = demoCrms[options.crm ?? "salesforce"](emulators);
    const configuration = await loadConfiguration(await writeConfiguration(folder, emulators, crm), {});
    const sync = chooseSync(configuration, undefined);
    const store = await openStore(configuration, { logger, clock });
    closers.push(() => store.close());
    const opened = await openSync({
      ...{ configuration, sync, store, clock, logger, signal },
      credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "emulator" },
      concurrency: 1,
    });
    closers.push(() => opened.close());
    const { partnerCentral, requests } = emulators;
    return { engine: opened.engine, time, crm, partnerCentral, requests, store, sync: sync.name, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeConfiguration(folder: string, emulators: RunningEmulators, crm: DemoCrm): Promise<string> {
  const file = join(folder, "cosell.yaml");
  const configuration = {
    version: 1,
    partnerCentral: { catalog: "Sandbox", endpoint: emulators.partnerCentralSelling.url },
    state: { url: "sqlite:state.db" },
    connections: { crm: crm.connection },
    syncs: { opportunities: { connection: "crm", mapping: shippedMapping(crm.mapping) } },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(file, stringify(configuration));
  return file;
}
