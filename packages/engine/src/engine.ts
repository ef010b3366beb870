import type { CompiledMapping, Plan, TargetModel } from "@cosell/core";
import type { Capabilities, Clock, Connection, JsonValue, Logger } from "@cosell/connector";
import type { PartnerCentral } from "@cosell/partner-central";
import type { Link, StateStore } from "@cosell/state";

/** One sync of the configuration: a CRM object through a mapping. */
export interface SyncDefinition {
  /** Its name in the configuration. */
  readonly name: string;
  readonly direction: "both" | "outbound" | "inbound";
  readonly mapping: CompiledMapping;
  readonly connection: Connection;
  readonly capabilities: Capabilities;
}

/** What an engine is made of: everything is handed in. */
export interface EngineOptions {
  readonly sync: SyncDefinition;
  readonly store: StateStore;
  readonly partnerCentral: PartnerCentral;
  readonly target: TargetModel;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Links reconciled at the same time. @defaultValue 4 */
  readonly concurrency?: number;
  /** Name of this process in claims. @defaultValue a random one */
  readonly owner?: string;
  /** Longest wait for an engagement task in one reconcile before it is left for the next. Milliseconds. @defaultValue 60000 */
  readonly taskWaitMs?: number;
}

/** How far long work is. `total` may grow while the intake runs. */
export interface Progress {
  readonly phase: "crm-changes" | "aws-changes" | "read" | "reconcile";
  readonly done: number;
  readonly total: number | undefined;
}

export interface RunOptions {
  /** Only these CRM records (their ids). */
  readonly records?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What one look for changes found. */
export interface IntakeReport {
  readonly crmChanges: number;
  readonly awsChanges: number;
  /** Links that are dirty because of it. */
  readonly marked: number;
}

/** What a sync did. Counts are deals. */
export interface SyncReport {
  readonly records: number;
  readonly created: number;
  readonly submitted: number;
  readonly updated: number;
  readonly inboundUpdated: number;
  readonly unchanged: number;
  readonly held: number;
  readonly deferred: number;
  readonly conflicts: number;
  readonly failed: number;
  readonly orphaned: number;
  readonly awsCalls: { readonly reads: number; readonly writes: number };
  /** The fewest calls that this work could have cost. */
  readonly floor: { readonly reads: number; readonly writes: number };
  readonly crmWrites: number;
  readonly seconds: number;
}

/** The plan of one deal, with the link when there is one. */
export interface PlannedDeal {
  readonly crmRef: string;
  readonly link: Link | undefined;
  readonly plan: Plan;
}

/** One AWS field of a preview. */
export interface PreviewField {
  readonly path: string;
  readonly value: JsonValue | undefined;
  /** The CRM field that gave the value; absent for constants. */
  readonly source: string | undefined;
  /** `file:line:col` */
  readonly rule: string;
  readonly issue: string | undefined;
}

/** One thing that stands between a CRM record and a step at AWS, for whoever fills in the CRM. */
export interface Obstacle {
  /** The first step that it stands in the way of: what stops the creation stops the submission as well. */
  readonly purpose: "create" | "submit";
  /** `missing`: the CRM has nothing there. `wrong`: what it has cannot be used. */
  readonly kind: "missing" | "wrong";
  /** AWS path. */
  readonly path: string;
  /** CRM fields that give the value; empty when no rule fills the path. */
  readonly sources: readonly string[];
  /** `file:line:col`; absent when no rule fills the path. */
  readonly rule: string | undefined;
  /** What is wanted, with the CRM field to fill. */
  readonly message: string;
}

/** What a CRM record would become at AWS, before any call there. */
export interface Preview {
  readonly crmRef: string;
  readonly title: string | undefined;
  /** Does the record take part (`match`)? */
  readonly matches: boolean;
  readonly fields: readonly PreviewField[];
  /** What stands in the way of a step, in the order of the steps. */
  readonly obstacles: readonly Obstacle[];
  /** The same as sentences; who submits must create first, so that the second list holds the first. */
  readonly missingForCreate: readonly string[];
  readonly missingForSubmit: readonly string[];
}

/** Keeps one sync in step. Methods throw `FailureError` for what concerns the whole run; a deal's own failure is recorded with the deal. */
export interface Engine {
  /** Looks for changes on both sides and marks their links dirty. */
  intake(options?: RunOptions): Promise<IntakeReport>;
  /** What reconciling would do now; writes nowhere but the state's marks. */
  plan(options?: RunOptions): AsyncIterable<PlannedDeal>;
  /** Intake, then reconciles every dirty link whose time has come. */
  sync(options?: RunOptions): Promise<SyncReport>;
  preview(ref: string): Promise<Preview>;
}
