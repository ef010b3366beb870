import type { CompiledMapping, Plan, TargetModel } from "@cosell/core";
import type {
  Capabilities,
  Clock,
  Connection,
  JsonValue,
  Logger,
  ReadResult,
  Tracer,
  WebhookChange,
} from "@cosell/connector";
import type { PartnerCentral } from "@cosell/partner-central";
import type { ClaimedLink, Link, StateStore } from "@cosell/state";
import type { Alarm } from "./alarm.ts";
import type { AdoptionFindings, AdoptionPair, AdoptionReport } from "./adopt/index.ts";
import type { ComparedLink } from "./drift/index.ts";
import type { PlannedUndo } from "./undo/index.ts";
import type { FailurePolicy } from "./failure-policy.ts";
import type { Retention } from "./intake/prune-journal.ts";
import type { EventReport, ReceiveOptions } from "./intake/receive-events.ts";
import type { SweepSettings } from "./intake/rotating-sweep.ts";
import type { InvitationChoice, InvitationOutcome } from "./invitations/decide-invitations.ts";
import type { InvitationSettings } from "./invitations/settings.ts";
import type { LinkOutcome } from "./reconcile-link.ts";

/** One sync of the configuration: a CRM object through a mapping. */
export interface SyncDefinition {
  /** Its name in the configuration. */
  readonly name: string;
  readonly direction: "both" | "outbound" | "inbound";
  readonly mapping: CompiledMapping;
  readonly connection: Connection;
  /** The CRM org's lasting id, as its connection tells it. */
  readonly organization?: string;
  readonly capabilities: Capabilities;
  /** What is done with invitations and leads from AWS. @defaultValue nothing: they are not looked at */
  readonly invitations?: InvitationSettings;
}

/** What an engine is made of: everything is handed in. */
export interface EngineOptions {
  readonly sync: SyncDefinition;
  readonly store: StateStore;
  readonly partnerCentral: PartnerCentral;
  readonly target: TargetModel;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Sees plans and steps. @defaultValue nobody does */
  readonly tracer?: Tracer;
  /** Links reconciled at the same time. @defaultValue 4 */
  readonly concurrency?: number;
  /** Apply only what goes to AWS (`outbound`) or to the CRM (`inbound`); a run sets it. @defaultValue both */
  readonly only?: RunOptions["only"];
  /** Name of this process in claims. @defaultValue a random one */
  readonly owner?: string;
  /** What a failure does to a deal in hand. @defaultValue that of a run for which a person waits */
  readonly failurePolicy?: FailurePolicy;
  /** Longest wait for an engagement task in one reconcile before it is left for the next. Milliseconds. @defaultValue 60000 */
  readonly taskWaitMs?: number;
  /** How often AWS's side is looked at without being asked to. */
  readonly sweep?: SweepSettings;
  /** How long the journal is kept. @defaultValue for ever */
  readonly retention?: Retention;
  /** Hears what a person should know now; the log hears it too. */
  readonly onAlarm?: (alarm: Alarm) => void;
}

/** How far long work is. `total` may grow while the intake runs. */
export interface Progress {
  readonly phase: "invitations" | "crm-changes" | "aws-changes" | "read" | "reconcile" | "compare" | "link";
  readonly done: number;
  readonly total: number | undefined;
}

export interface RunOptions {
  /** Only these CRM records, by their ids or those of their opportunities. */
  readonly records?: readonly string[];
  /** A sync applies only what goes to AWS (`outbound`) or to the CRM (`inbound`); what goes the other way stays marked. */
  readonly only?: "outbound" | "inbound";
  /**
   * ISO 8601. A sync also looks again at what changed since then on either side, known or not: behind all other work,
   * and at the cost of its reads. What a sync would do anyway, it does. Not together with `records`.
   */
  readonly since?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a look back found, changed since then: it was marked, whatever was known of it. */
export interface LookedBack {
  /** ISO 8601. */
  readonly since: string;
  /** Records of the CRM, those that went among them. */
  readonly crmRecords: number;
  /** Linked opportunities at AWS. */
  readonly opportunities: number;
  /** The CRM no longer tells its changes of so long ago: all of its records were looked at, and every link without one. */
  readonly wholeCrm: boolean;
}

/** What one look for changes found. */
export interface IntakeReport {
  readonly crmChanges: number;
  readonly awsChanges: number;
  /** Links that are dirty because of it. */
  readonly marked: number;
  readonly invitations: InvitationCounts;
  /** CRM records made of what AWS referred. */
  readonly recordsCreated: number;
  /** Links that are looked at because nobody had for long. */
  readonly swept: number;
  /** What was asked to be looked at again. */
  readonly lookedBack?: LookedBack;
}

/** What a sync did. Counts are deals. */
export interface SyncReport {
  readonly records: number;
  readonly created: number;
  readonly submitted: number;
  readonly updated: number;
  readonly inboundUpdated: number;
  readonly unchanged: number;
  /** Deals of which nothing but how they stand (`Link.*` of the mapping) was written in the CRM. */
  readonly statusShown: number;
  /** Deals that failed in this run; `failed` counts all that stand failed now. */
  readonly failedNow: number;
  readonly held: number;
  readonly deferred: number;
  readonly conflicts: number;
  readonly failed: number;
  readonly orphaned: number;
  readonly awsCalls: { readonly reads: number; readonly writes: number };
  /** The fewest calls that this work could have cost. */
  readonly floor: { readonly reads: number; readonly writes: number };
  readonly crmWrites: number;
  readonly invitations: InvitationCounts;
  /** CRM records made of what AWS referred. */
  readonly recordsCreated: number;
  /** Links that were looked at because nobody had for long. */
  readonly swept: number;
  /** Deals whose change was our own write come back, or touched nothing that is mapped: no call was spent on them. */
  readonly echoes: number;
  /** What the run was asked to look at again. */
  readonly lookedBack?: LookedBack;
  readonly seconds: number;
}

/** What a sync did for the invitations. */
export interface InvitationCounts {
  /** In the inbox since this run. */
  readonly new: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Waiting for an answer, and within the longest of the alarm's times. */
  readonly expiring: number;
}

/** The plan of one deal, with the link when there is one. */
export interface PlannedDeal {
  readonly crmRef: string;
  readonly link: Link | undefined;
  readonly plan: Plan;
  /** AWS refused these very values: a sync leaves the deal alone until something changes, or a person replays it. */
  readonly parked: boolean;
  /** The fewest reads at AWS that reconciling it costs. */
  readonly reads: number;
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
  /** The first step that it stands in the way of: what stops the creation stops the submission as well. `stage`: the stage asked for. */
  readonly purpose: "create" | "submit" | "stage";
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
  /** AWS asks for it of some partners only. @defaultValue false */
  readonly conditional?: boolean;
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

/** A link claimed for work, with its record as the CRM has it. */
export interface LinkWork {
  readonly claimed: ClaimedLink;
  readonly crm: ReadResult;
}

/** Keeps one sync in step. Methods throw `FailureError` for what concerns the whole run; a deal's own failure is recorded with the deal. */
export interface Engine {
  /** Looks for changes on both sides and marks their links dirty; answers invitations that are decided. */
  intake(options?: RunOptions): Promise<IntakeReport>;
  /** What reconciling would do now; writes nowhere but the state's marks. */
  plan(options?: RunOptions): AsyncIterable<PlannedDeal>;
  /** Intake, then reconciles every dirty link whose time has come. */
  sync(options?: RunOptions): Promise<SyncReport>;
  /** `stage`: what stands before this stage of a deal that AWS has already, instead of before its creation and submission. */
  preview(ref: string, stage?: string): Promise<Preview>;
  /** Compares links field by field and says why each difference is there; writes nowhere but the state's marks. */
  drift(options?: RunOptions): AsyncIterable<ComparedLink>;
  /** Finds what exists on both sides and is not linked. Reads only. */
  findAdoptions(options?: RunOptions): Promise<AdoptionFindings>;
  /** Links pairs that are certain or approved; creates nothing on either side. */
  adopt(pairs: readonly AdoptionPair[], options?: RunOptions): Promise<AdoptionReport>;
  /** What undoing a write of the journal means now; of these fields only, where they are given. Reads only. */
  planUndo(entryId: number, fields?: readonly string[], options?: RunOptions): Promise<PlannedUndo>;
  /** Carries out a planned undo and leaves its link marked for the next sync. */
  undo(undo: PlannedUndo, options?: RunOptions): Promise<void>;
  /** Takes events of Partner Central, as EventBridge, SQS or SNS deliver them, and marks what they are about. Makes no call. */
  receive(payloads: readonly JsonValue[], options?: ReceiveOptions): Promise<EventReport>;
  /**
   * Takes what the CRM told by itself, and marks the links of the sync's own records; links of merged ones move to their
   * survivors first. Makes no call. Returns how many of the changes were of its object.
   */
  receiveChanges(changes: readonly WebhookChange[]): Promise<number>;
  /** Accepts or rejects invitations that wait, `all` or some by id, and carries it out. Throws `config` where the sync takes none. */
  decideInvitations(which: readonly string[] | "all", choice: InvitationChoice): Promise<readonly InvitationOutcome[]>;
  /**
   * Claims those of the links that are dirty and nobody else's, and reads their records: for whoever hands out links one
   * by one. The claims last `leaseMs`; who works longer renews them.
   */
  claim(
    linkIds: readonly string[],
    lease: { readonly owner: string; readonly leaseMs: number },
  ): Promise<readonly LinkWork[]>;
  /** Reconciles one claimed link. Its own failure is recorded with it; throws what must stop more than the link. */
  reconcile(work: LinkWork, lease: { readonly owner: string; readonly signal?: AbortSignal }): Promise<LinkOutcome>;
}
