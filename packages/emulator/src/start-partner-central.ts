import {
  createFaults,
  createRequestLog,
  runningClock,
  startHost,
  type EmulatorClock,
  type EmulatorHooks,
  type Faults,
  type RequestLog,
} from "./kernel/index.ts";
import { createPartnerCentral, type PartnerCentralEmulator } from "./partner-central/partner-central.ts";
import type { PartnerCentralSettings } from "./partner-central/settings.ts";

/** What to start Partner Central with. */
export interface PartnerCentralOptions {
  /** @defaultValue the machine's time, which can be moved */
  readonly clock?: EmulatorClock;
  /** Laid over the defaults. */
  readonly settings?: Partial<PartnerCentralSettings>;
  /** @defaultValue any free port */
  readonly port?: number;
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** Decides about faults that strike by chance. @defaultValue 1 */
  readonly faultSeed?: number;
  readonly hooks?: EmulatorHooks;
}

/** Partner Central, listening, with a direct handle on it. */
export interface RunningPartnerCentral {
  /** The endpoint for `@aws-sdk/client-partnercentral-selling` or any HTTP client. */
  readonly url: string;
  readonly clock: EmulatorClock;
  readonly partnerCentral: PartnerCentralEmulator;
  readonly faults: Faults;
  readonly requests: RequestLog;
  close(): Promise<void>;
}

/** Starts Partner Central alone, for any test runner. Rejects when the port is taken. */
export async function startPartnerCentral(options: PartnerCentralOptions = {}): Promise<RunningPartnerCentral> {
  const { clock = runningClock(), settings = {}, faultSeed = 1, port, host, hooks } = options;
  const partnerCentral = createPartnerCentral({ clock, settings });
  const faults = createFaults({ seed: faultSeed });
  const requests = createRequestLog();
  const { url, close } = await startHost({
    server: partnerCentral,
    faults,
    requests,
    clock,
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(hooks && { hooks }),
  });
  return { url, clock, partnerCentral, faults, requests, close };
}
