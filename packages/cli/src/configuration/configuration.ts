import type { Connector } from "@cosell/connector";

/** Calls that AWS allows for one class. */
interface QuotaLimit {
  readonly perSecond: number;
  readonly perDay?: number | undefined;
}

/** A configuration that is right: checked, completed, every path absolute. */
export interface Configuration {
  /** Absolute path of the file. */
  readonly file: string;
  readonly partnerCentral: {
    readonly catalog: "AWS" | "Sandbox";
    readonly region: string;
    /** Other than AWS's own, such as an emulator's. */
    readonly endpoint?: string | undefined;
    /** What AWS granted instead of its defaults. */
    readonly quotas?: { readonly [Kind in "read" | "write"]?: QuotaLimit | undefined } | undefined;
  };
  /** `sqlite:` and an absolute path. */
  readonly state: { readonly url: string };
  readonly connections: Readonly<Record<string, ConfiguredConnection>>;
  readonly syncs: Readonly<Record<string, ConfiguredSync>>;
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
  /** Absolute path of the mapping file. */
  readonly mapping: string;
  readonly direction: "both" | "outbound" | "inbound";
}
