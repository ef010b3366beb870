import type { InvitationRecord, InvitationSettings } from "@cosell/engine";
import type { Connector, Secret } from "@cosell/connector";
import type { QueueSettings, WorkerSettings } from "./worker-schema.ts";

/** Calls that AWS allows for one class. */
interface QuotaLimit {
  readonly perSecond: number;
  readonly perDay?: number | undefined;
}

/** One partner account in one catalog. */
export interface PartnerAccount {
  /** Its name under `partnerCentrals`; `undefined` in the single form. */
  readonly name?: string | undefined;
  readonly catalog: "AWS" | "Sandbox";
  readonly region: string;
  /** Other than AWS's own, such as an emulator's. */
  readonly endpoint?: string | undefined;
  /** What AWS granted instead of its defaults. */
  readonly quotas?: { readonly [Kind in "read" | "write"]?: QuotaLimit | undefined } | undefined;
  /** A profile of AWS's configuration files. Without it and without keys: AWS's default chain. */
  readonly profile?: string | undefined;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: Secret;
    readonly sessionToken?: Secret;
  };
}

/** A configuration that is right: checked, completed, every path absolute. */
export interface Configuration {
  /** Absolute path of the file. */
  readonly file: string;
  /** The single account, or the first of several: for what concerns no sync. */
  readonly partnerCentral: PartnerAccount;
  /** All of them, at least one. */
  readonly partnerCentrals: readonly PartnerAccount[];
  /** `sqlite:` and an absolute path. */
  readonly state: { readonly url: string };
  readonly connections: Readonly<Record<string, ConfiguredConnection>>;
  readonly syncs: Readonly<Record<string, ConfiguredSync>>;
  readonly worker: WorkerSettings;
  /** Where several workers meet; without it one process does all. */
  readonly queue: QueueSettings | undefined;
  /** Every secret in it, to be hidden in logs. */
  readonly secrets: readonly string[];
}

/** One CRM org. */
export interface ConfiguredConnection {
  readonly name: string;
  readonly connector: Connector;
  /** As the connector's own schema gave it. */
  readonly config: unknown;
}

/** One CRM object through one mapping. */
export interface ConfiguredSync {
  readonly name: string;
  readonly connection: ConfiguredConnection;
  /** The account whose opportunities it keeps in step. */
  readonly partnerCentral: PartnerAccount;
  /** Absolute path of the mapping file. */
  readonly mapping: string;
  readonly direction: "both" | "outbound" | "inbound";
  /** What is done with the opportunities and leads that AWS offers; without it they are not looked at. */
  readonly invitations?: ConfiguredInvitations | undefined;
  /** How long the journal is kept; the newest lines of every deal stay. */
  readonly retention?: { readonly days: number; readonly keepPerDeal: number } | undefined;
}

/** The invitations of a sync, as configured: what a mapping says is known once it is opened. */
export interface ConfiguredInvitations extends Omit<InvitationSettings, "records"> {
  readonly records: readonly {
    /** Absolute path of the mapping file. */
    readonly mapping: string;
    readonly create?: InvitationRecord["create"] | undefined;
    readonly becomes?: string | undefined;
  }[];
}
