import { mergeSettings, type EmulatorClock, type EmulatorServer, type JsonObject } from "../kernel/index.ts";
import { catalogs, type Catalog } from "../partner-central-shared/catalog.ts";
import type { SharedSettings, World } from "./call.ts";
import { connect, isConnected } from "./connection.ts";
import { createAccountServer } from "./server.ts";
import {
  defaultPartnerCentralAccountSettings,
  partnerCentralAccountChoices,
  type PartnerCentralAccountSettings,
} from "./settings.ts";
import { settle } from "./settle.ts";
import {
  emptyAccountState,
  loadedAccountState,
  type ConnectionType,
  type PartnerCentralAccountState,
  type SentEmailCode,
  type StoredVerification,
} from "./state.ts";

/** A person changes something past the API. */
export interface AccountEditRequest {
  /** `Verification`: the registrant has identified himself, or AWS has decided. */
  readonly object: "Verification";
  /** Account and type: `111122223333/REGISTRANT_VERIFICATION`. */
  readonly id: string;
  /** `VerificationStatus`, `VerificationStatusReason`. */
  readonly fields: JsonObject;
}

/** Two accounts and what they are to be connected for. */
export interface ConnectRequest {
  readonly accounts: readonly [string, string];
  /** @defaultValue "Sandbox" */
  readonly catalog?: Catalog;
  /** @defaultValue "OPPORTUNITY_COLLABORATION" */
  readonly type?: ConnectionType;
}

/** The emulated Account API as a program drives it. Methods throw a RangeError that says what is wrong with a request. */
export interface PartnerCentralAccountEmulator extends EmulatorServer {
  /** The newest e-mail verification code that was sent to an address. */
  emailCode(email: string): SentEmailCode | undefined;
  edit(request: AccountEditRequest): void;
  /** Lets happen what the clock has made due: tasks end, invitations expire. */
  settle(): void;
  /** Connects two accounts without an invitation, for tests of what comes after. Does nothing when they are connected. */
  connect(request: ConnectRequest): void;
  isConnected(request: Required<ConnectRequest>): boolean;
  state(): PartnerCentralAccountState;
  load(state: PartnerCentralAccountState): void;
  reset(): void;
  settings(): PartnerCentralAccountSettings;
  /** Lays a change over the settings. */
  configure(change: Partial<PartnerCentralAccountSettings>): void;
}

/** An Account API that nobody has used. `shared`: the settings that both APIs go by, at this moment. */
export function createPartnerCentralAccount({
  clock,
  shared,
  settings: given = {},
  publish = () => undefined,
}: {
  readonly clock: EmulatorClock;
  readonly shared: () => SharedSettings;
  readonly settings?: Partial<PartnerCentralAccountSettings>;
  /** Takes the events of everything that happens. @defaultValue nobody hears of it */
  readonly publish?: World["publish"];
}): PartnerCentralAccountEmulator {
  let settings = mergeSettings(defaultPartnerCentralAccountSettings, given, partnerCentralAccountChoices);
  let state = emptyAccountState();
  const world: World = { clock, shared, settings: () => settings, state: () => state, publish };
  return {
    ...createAccountServer(world),
    settle: () => settle(world),
    emailCode: (email) => state.emailCodes.findLast((sent) => sent.email.toLowerCase() === email.toLowerCase()),
    edit: ({ object, id, fields }) => {
      if ((object as string) !== "Verification") throw new RangeError("An edit's object is Verification.");
      settle(world);
      const verification = state.verifications[id];
      if (verification === undefined) throw new RangeError(`There is no verification ${id}.`);
      state.verifications[id] = editedVerification(verification, fields, clock.now());
    },
    connect: ({ accounts, catalog = "Sandbox", type = "OPPORTUNITY_COLLABORATION" }) => {
      const [first, second] = accounts;
      if (!accounts.every((account) => /^\d{12}$/.test(account)) || first === second) {
        throw new RangeError("accounts must be two AWS account ids of twelve digits.");
      }
      if (!catalogs.includes(catalog)) throw new RangeError(`catalog must be one of ${catalogs.join(", ")}.`);
      if (!connectionTypes.includes(type)) throw new RangeError(`type must be one of ${connectionTypes.join(", ")}.`);
      if (isConnected(state, catalog, accounts, type)) return;
      const inviter = { type, inviterEmail: "partner@example.com", inviterName: "Example Partner" };
      connect(state, catalog, accounts, inviter, clock.now());
    },
    isConnected: ({ accounts, catalog, type }) => isConnected(state, catalog, accounts, type),
    state: () => structuredClone(state),
    load: (next) => {
      state = loadedAccountState(next);
    },
    reset: () => {
      state = emptyAccountState();
    },
    settings: () => settings,
    configure: (change) => {
      settings = mergeSettings(settings, change, partnerCentralAccountChoices);
    },
  };
}

const connectionTypes: readonly ConnectionType[] = ["OPPORTUNITY_COLLABORATION", "SUBSIDIARY"];
const statuses = ["PENDING_CUSTOMER_ACTION", "IN_PROGRESS", "FAILED", "SUCCEEDED", "REJECTED"] as const;

function editedVerification(verification: StoredVerification, fields: JsonObject, now: number): StoredVerification {
  const { VerificationStatus, VerificationStatusReason = null, ...others } = fields;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new RangeError(`Verification has no member ${other} that can be edited.`);
  const status = statuses.find((one) => one === VerificationStatus);
  if (status === undefined) throw new RangeError(`VerificationStatus must be one of ${statuses.join(", ")}.`);
  const isOpen = status === "IN_PROGRESS" || status === "PENDING_CUSTOMER_ACTION";
  const reason = typeof VerificationStatusReason === "string" ? VerificationStatusReason : null;
  return { ...verification, status, reason, due: null, completedAt: isOpen ? null : now };
}
