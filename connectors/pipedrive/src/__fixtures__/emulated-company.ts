import { type Clock, type Connection, type ConnectorContext, Secret } from "@cosell/connector";
import { testContext } from "@cosell/connector/testing";
import {
  demoPipedriveCompany,
  manualClock,
  type PipedriveCompany,
  type PipedriveSettings,
  type RunningEmulators,
  startEmulators,
} from "@cosell/emulator";
import { config } from "../config.ts";
import { connect } from "../connect.ts";

/** The token of the emulated company's user. */
export const apiToken = demoPipedriveCompany.apiTokens[0] ?? "";

/** An emulated company with a connection to it, for this package's tests. */
export interface EmulatedCompany {
  readonly emulators: RunningEmulators;
  readonly pipedrive: RunningEmulators["pipedrive"];
  readonly company: PipedriveCompany;
  readonly connection: Connection;
  readonly clock: Clock;
  /** Another connection to the same company. */
  readonly connect: (
    settings: Readonly<Record<string, unknown>>,
    context?: Partial<ConnectorContext>,
  ) => Promise<Connection>;
  readonly advance: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
}

/** Starts a company at Monday 2026-03-02, 09:30:15.250 UTC; its time stands still until it is moved. */
export async function startEmulatedCompany(settings: Partial<PipedriveSettings> = {}): Promise<EmulatedCompany> {
  const time = manualClock(Date.UTC(2026, 2, 2, 9, 30, 15, 250));
  const emulators = await startEmulators({ clock: time, settings: { pipedrive: settings } });
  const clock: Clock = { now: time.now, sleep: () => Promise.resolve() };
  const instanceUrl = emulators.pipedrive.url;
  const open: EmulatedCompany["connect"] = (more, context) =>
    connect(config.parse({ instanceUrl, ...more }), { ...testContext({ clock }), ...context });
  return {
    ...{ emulators, clock },
    pipedrive: emulators.pipedrive,
    company: emulators.pipedrive.company(),
    connection: await open({ apiToken: new Secret(apiToken) }),
    connect: open,
    advance: time.advance,
    close: () => emulators.close(),
  };
}
