import { type Clock, type Connection, type ConnectorContext, Secret } from "@cosell/connector";
import { testContext } from "@cosell/connector/testing";
import { manualClock, type RunningEmulators, type SalesforceSettings, startEmulators } from "@cosell/emulator";
import { config } from "../config.ts";
import { connect } from "../connect.ts";

/** An emulated org with a connection to it, for this package's tests. */
export interface EmulatedOrg {
  readonly emulators: RunningEmulators;
  readonly org: RunningEmulators["salesforce"];
  readonly connection: Connection;
  readonly clock: Clock;
  /** Another connection to the same org. */
  readonly connect: (
    settings: Readonly<Record<string, unknown>>,
    context?: Partial<ConnectorContext>,
  ) => Promise<Connection>;
  readonly advance: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
}

/** Starts an org at Monday 2026-03-02, 09:30:15.250 UTC; its time stands still until it is moved. */
export async function startEmulatedOrg(settings: Partial<SalesforceSettings> = {}): Promise<EmulatedOrg> {
  const time = manualClock(Date.UTC(2026, 2, 2, 9, 30, 15, 250));
  const emulators = await startEmulators({ clock: time, settings: { salesforce: settings } });
  const clock: Clock = { now: time.now, sleep: () => Promise.resolve() };
  const instanceUrl = emulators.salesforce.url;
  const open: EmulatedOrg["connect"] = (more, context) =>
    connect(config.parse({ instanceUrl, ...more }), { ...testContext({ clock }), ...context });
  return {
    ...{ emulators, clock },
    org: emulators.salesforce,
    connection: await open({ accessToken: new Secret("emulator-access-token") }),
    connect: open,
    advance: time.advance,
    close: () => emulators.close(),
  };
}
