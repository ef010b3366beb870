import { type Clock, type Connection, type ConnectorContext, Secret } from "@cosell/connector";
import { testContext } from "@cosell/connector/testing";
import {
  type HubspotPortal,
  type HubspotSettings,
  manualClock,
  type RunningEmulators,
  startEmulators,
} from "@cosell/emulator";
import { config } from "../config.ts";
import { connect } from "../connect.ts";

/** An emulated portal with a connection to it, for this package's tests. */
export interface EmulatedPortal {
  readonly emulators: RunningEmulators;
  readonly portal: HubspotPortal;
  readonly connection: Connection;
  readonly clock: Clock;
  /** Another connection, to this portal or another. */
  readonly connect: (
    settings: Readonly<Record<string, unknown>>,
    context?: Partial<ConnectorContext>,
  ) => Promise<Connection>;
  readonly advance: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
}

export const accessToken = new Secret("emulator-hubspot-token");
/** The app's own credentials, for its Webhooks Journal. */
export const journalApp = {
  journalClientId: "emulator-client-id",
  journalClientSecret: new Secret("emulator-client-secret"),
};
export const otherToken = new Secret("emulator-other-hubspot-token");

/** Starts portals at Monday 2026-03-02, 09:30:15.250 UTC; whoever waits moves the time, and nobody else. */
export async function startEmulatedPortal(settings: Partial<HubspotSettings> = {}): Promise<EmulatedPortal> {
  const time = manualClock(Date.UTC(2026, 2, 2, 9, 30, 15, 250));
  const emulators = await startEmulators({ clock: time, settings: { hubspot: settings } });
  const clock: Clock = { now: time.now, sleep: async (milliseconds) => time.advance(Math.max(0, milliseconds)) };
  const open: EmulatedPortal["connect"] = (more, context) =>
    connect(config.parse({ baseUrl: emulators.hubspot.url, ...more }), { ...testContext({ clock }), ...context });
  return {
    ...{ emulators, clock, connect: open },
    portal: emulators.hubspot.portal(),
    connection: await open({ accessToken }),
    advance: time.advance,
    close: () => emulators.close(),
  };
}
