import { createAdmin } from "./admin/admin.ts";
import type { EmulatedWorld, SeedRequest } from "./admin/world.ts";
import {
  createFaults,
  createRequestLog,
  runningClock,
  startHost,
  type EmulatorClock,
  type EmulatorHooks,
  type Host,
  type HostOptions,
} from "./kernel/index.ts";
import { createPartnerCentral } from "./partner-central/partner-central.ts";
import type { PartnerCentralSettings } from "./partner-central/settings.ts";
import { createSalesforce, type SalesforceSettings } from "./salesforce/index.ts";
import { loadSeed } from "./seed/index.ts";

/** What to start. */
export interface EmulatorsOptions {
  /** @defaultValue the machine's time, which can be moved */
  readonly clock?: EmulatorClock;
  /** The company in the CRM to begin with. @defaultValue an empty org */
  readonly seed?: SeedRequest;
  /** Laid over the defaults. */
  readonly settings?: {
    readonly partnerCentralSelling?: Partial<PartnerCentralSettings>;
    readonly salesforce?: Partial<SalesforceSettings>;
  };
  /** @defaultValue any free ones */
  readonly ports?: { readonly partnerCentralSelling?: number; readonly salesforce?: number; readonly admin?: number };
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** Decides about faults that strike by chance. @defaultValue 1 */
  readonly faultSeed?: number;
  readonly hooks?: EmulatorHooks;
}

/** Emulators that run, with direct handles on the world behind them. */
export interface RunningEmulators extends EmulatedWorld {
  readonly partnerCentralSelling: { readonly url: string };
  readonly salesforce: EmulatedWorld["salesforce"] & { readonly url: string };
  readonly admin: { readonly url: string };
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts Partner Central, Salesforce and the admin face. Rejects when a port is taken; nothing listens then. */
export async function startEmulators(options: EmulatorsOptions = {}): Promise<RunningEmulators> {
  const { clock = runningClock(), settings = {}, ports = {}, host, hooks } = options;
  const faults = createFaults({ seed: options.faultSeed ?? 1 });
  const requests = createRequestLog();
  const partnerCentral = createPartnerCentral({ clock, settings: settings.partnerCentralSelling ?? {} });
  const salesforce = createSalesforce({ clock, settings: settings.salesforce ?? {} });
  const seed = (request: SeedRequest): void => salesforce.load(loadSeed(request));
  if (options.seed) seed(options.seed);
  const world: EmulatedWorld = { clock, faults, requests, partnerCentral, salesforce, seed };

  const shared = { clock, ...(host !== undefined && { host }) };
  const played = { ...shared, faults, requests, ...(hooks && { hooks }) };
  // The admin face is not part of the world: no faults strike it, and its calls are not in the log.
  const apart = { ...shared, faults: createFaults(), requests: createRequestLog() };
  const hosts: Host[] = [];
  const listen = async (host: HostOptions): Promise<string> => {
    const running = await startHost(host);
    hosts.push(running);
    return running.url;
  };
  const close = async (): Promise<void> => {
    await Promise.all(hosts.map((running) => running.close()));
  };
  try {
    return {
      ...world,
      partnerCentralSelling: {
        url: await listen({ ...played, server: partnerCentral, ...portOf(ports.partnerCentralSelling) }),
      },
      salesforce: {
        ...salesforce,
        url: await listen({ ...played, server: salesforce, ...portOf(ports.salesforce) }),
      },
      admin: { url: await listen({ ...apart, server: createAdmin(world), ...portOf(ports.admin) }) },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function portOf(port: number | undefined): { readonly port?: number } {
  return port === undefined ? {} : { port };
}
