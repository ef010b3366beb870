import type { EventDraft } from "../events/event-draft.ts";
import type { EmulatorClock, JsonObject } from "../kernel/index.ts";
import type { AskedCall } from "../partner-central-shared/call-input.ts";
import type { Access } from "../partner-central-shared/signature.ts";
import type { PartnerCentralAccountSettings } from "./settings.ts";
import type { AccountSpace, PartnerCentralAccountState } from "./state.ts";

export { listOf, required } from "../partner-central-shared/call-input.ts";
export { once } from "../partner-central-shared/remembered-calls.ts";

/** The settings that both APIs of Partner Central go by. */
export interface SharedSettings extends Access {
  /** Refuse what is faster, or more in a day, than AWS allows. */
  readonly quotas: boolean;
  /** What accounts are called that are no partners yet. */
  readonly companyNames: Readonly<Record<string, string>>;
}

/** What every operation works on. */
export interface World {
  readonly clock: EmulatorClock;
  /** At this moment. */
  shared(): SharedSettings;
  /** At this moment. */
  settings(): PartnerCentralAccountSettings;
  /** At this moment: a loaded document replaces it. */
  state(): PartnerCentralAccountState;
  /** Takes the events of what happens. */
  readonly publish: (event: EventDraft) => void;
}

/** An account's part of a catalog at one moment. */
export interface Place {
  readonly space: AccountSpace;
  readonly state: PartnerCentralAccountState;
  readonly settings: PartnerCentralAccountSettings;
  readonly shared: SharedSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Takes the events of what happens. */
  readonly publish: (event: EventDraft) => void;
}

/** One call whose input fits the model. */
export interface Call extends Place, AskedCall {}

/** An account's part of a catalog at this moment. */
export function placeIn(world: World, space: AccountSpace): Place {
  return {
    space,
    state: world.state(),
    settings: world.settings(),
    shared: world.shared(),
    now: world.clock.now(),
    publish: world.publish,
  };
}

/** One operation: gives the answer's members; null stands for a member that is left out. Throws a Refusal. */
export type OperationHandler = (call: Call) => JsonObject;
