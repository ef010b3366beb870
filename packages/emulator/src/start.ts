import { createAdmin } from "./admin/admin.ts";
import type { EmulatedWorld, SeedRequest } from "./admin/world.ts";
import { companyOfSeed, createHubspot, type HubspotSettings } from "./hubspot/index.ts";
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
import { createEventfulPartnerCentral, type EventfulSettings } from "./partner-central-with-events.ts";
import { companyOfSeed as pipedriveCompanyOfSeed, createPipedrive, type PipedriveSettings } from "./pipedrive/index.ts";
import { createSalesforce, type SalesforceSettings } from "./salesforce/index.ts";
import { loadSeed } from "./seed/index.ts";
import { sqsAddress, type SqsAddress } from "./sqs-address.ts";

/** What to start. */
export interface EmulatorsOptions {
  /** @defaultValue the machine's time, which can be moved */
  readonly clock?: EmulatorClock;
  /** The company in the CRM to begin with. @defaultValue an empty org */
  readonly seed?: SeedRequest;
  /** Laid over the defaults. */
  readonly settings?: EventfulSettings & {
    readonly salesforce?: Partial<SalesforceSettings>;
    readonly hubspot?: Partial<HubspotSettings>;
    readonly pipedrive?: Partial<PipedriveSettings>;
  };
  /** @defaultValue any free ones */
  readonly ports?: {
    readonly partnerCentralSelling?: number;
    readonly partnerCentralAccount?: number;
    readonly sqs?: number;
    readonly salesforce?: number;
    readonly hubspot?: number;
    readonly pipedrive?: number;
    readonly admin?: number;
  };
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** Decides about faults that strike by chance. @defaultValue 1 */
  readonly faultSeed?: number;
  /** Decides about events that are lost, doubled or late by chance. @defaultValue 1 */
  readonly eventSeed?: number;
  /** How long a client may take to send a request, in real milliseconds. @defaultValue 30,000 */
  readonly requestTimeoutMs?: number;
  readonly hooks?: EmulatorHooks;
}

/** Emulators that run, with direct handles on the world behind them. */
export interface RunningEmulators extends EmulatedWorld {
  readonly partnerCentralSelling: { readonly url: string };
  readonly partnerCentralAccount: { readonly url: string };
  readonly sqs: EmulatedWorld["sqs"] & SqsAddress;
  readonly salesforce: EmulatedWorld["salesforce"] & { readonly url: string };
  readonly hubspot: EmulatedWorld["hubspot"] & { readonly url: string };
  readonly pipedrive: EmulatedWorld["pipedrive"] & { readonly url: string };
  readonly admin: { readonly url: string };
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts Partner Central, Salesforce, HubSpot, Pipedrive and the admin face. Rejects when a port is taken; nothing listens then. */
export async function startEmulators(options: EmulatorsOptions = {}): Promise<RunningEmulators> {
  const { clock = runningClock(), settings = {}, ports = {}, host, hooks } = options;
  const faults = createFaults({ seed: options.faultSeed ?? 1 });
  const requests = createRequestLog();
  const eventful = createEventfulPartnerCentral({ clock, settings, eventSeed: options.eventSeed ?? 1 });
  const { partnerCentral, events, sqs } = eventful;
  const salesforce = createSalesforce({ clock, settings: settings.salesforce ?? {} });
  const hubspot = createHubspot({ clock, settings: settings.hubspot ?? {} });
  const pipedrive = createPipedrive({ clock, settings: settings.pipedrive ?? {} });
  const seed = (request: SeedRequest): void => {
    const company = loadSeed(request);
    salesforce.load(company);
    hubspot.portal().load(companyOfSeed(company));
    const partner = pipedrive.company();
    partner.load(pipedriveCompanyOfSeed(company, partner.schema()));
  };
  if (options.seed) seed(options.seed);
  const world: EmulatedWorld = {
    clock,
    faults,
    requests,
    partnerCentral,
    events,
    sqs,
    settle: eventful.settle,
    salesforce,
    hubspot,
    pipedrive,
    seed,
  };

  const { requestTimeoutMs } = options;
  const shared = {
    clock,
    ...(host !== undefined && { host }),
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
  };
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
    await Promise.all([eventful.close(), hubspot.close(), pipedrive.close()]);
    await Promise.all(hosts.map((running) => running.close()));
  };
  try {
    return {
      ...world,
      partnerCentralSelling: {
        url: await listen({ ...played, server: partnerCentral, ...portOf(ports.partnerCentralSelling) }),
      },
      partnerCentralAccount: {
        url: await listen({ ...played, server: partnerCentral.account, ...portOf(ports.partnerCentralAccount) }),
      },
      sqs: {
        ...sqs,
        ...sqsAddress(await listen({ ...played, server: sqs, ...portOf(ports.sqs) }), sqs, partnerCentral),
      },
      salesforce: {
        ...salesforce,
        url: await listen({ ...played, server: salesforce, ...portOf(ports.salesforce) }),
      },
      hubspot: {
        ...hubspot,
        url: await listen({ ...played, server: hubspot, ...portOf(ports.hubspot) }),
      },
      pipedrive: {
        ...pipedrive,
        url: await listen({ ...played, server: pipedrive, ...portOf(ports.pipedrive) }),
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
