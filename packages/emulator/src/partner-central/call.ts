import type { EventDraft } from "../events/event-draft.ts";
import type { EmulatorClock, JsonObject } from "../kernel/index.ts";
import type { AskedCall } from "../partner-central-shared/call-input.ts";
import type { Catalog } from "../partner-central-shared/catalog.ts";
import type { PartnerCentralSettings } from "./settings.ts";
import type { PartnerCentralState, Space } from "./state.ts";

export { listOf, required } from "../partner-central-shared/call-input.ts";
export { once } from "../partner-central-shared/remembered-calls.ts";

/** What every operation works on. */
export interface World {
  readonly clock: EmulatorClock;
  /** At this moment. */
  settings(): PartnerCentralSettings;
  /** At this moment: a loaded document replaces it. */
  state(): PartnerCentralState;
  /** Whether two accounts have a connection of the Account API for opportunities. */
  isConnected(accounts: readonly [string, string], catalog: Catalog): boolean;
  /** Takes the events of what happens. */
  readonly publish: (event: EventDraft) => void;
}

/** An account's part of a catalog at one moment. */
export interface Place {
  readonly space: Space;
  readonly state: PartnerCentralState;
  readonly settings: PartnerCentralSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the account may work on opportunities with another one, as {@link World.isConnected}. */
  isConnectedWith(account: string): boolean;
  /** Takes the events of what happens. */
  readonly publish: (event: EventDraft) => void;
}

/** One call whose input fits the model. */
export interface Call extends Place, AskedCall {}

/** One operation: gives the answer's members, or nothing where AWS sends an empty body. Throws a Refusal. */
export type OperationHandler = (call: Call) => JsonObject | undefined;

/** An account's part of a catalog at this moment. */
export function placeIn(world: World, space: Space): Place {
  return {
    space,
    state: world.state(),
    settings: world.settings(),
    now: world.clock.now(),
    publish: world.publish,
    isConnectedWith: (other) => world.isConnected([space.account, other], space.catalog),
  };
}
