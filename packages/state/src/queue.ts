import type { Link } from "./store.ts";

/** What matters to a seller, most urgent first; marks of equal priority go by age. */
export type MarkPriority = "urgent" | "high" | "normal" | "low";

/** A wish that a link be reconciled. `crm` names a record (the link is made when it is new), `aws` an opportunity (ignored when no link knows it). */
export interface Mark {
  readonly side: "crm" | "aws";
  readonly ref: string;
  readonly reason: string;
  /** Marks coalesce to the most urgent one. @defaultValue "normal" */
  readonly priority?: MarkPriority;
}

/** A link claimed for work. */
export interface ClaimedLink {
  readonly link: Link;
  /** Given back with `settle`: a mark made meanwhile keeps the link dirty. */
  readonly generation: number;
  /** Why it is dirty, oldest first, without repeats. */
  readonly reasons: readonly string[];
  /** Since when: its oldest mark. Milliseconds. */
  readonly markedAt: number;
  /** Reconciles in a row that failed, up to now; 0 when the last one did not. */
  readonly attempts: number;
}

/** A claim of a link, as it was given. */
export interface Claim {
  readonly linkId: string;
  readonly owner: string;
  readonly generation: number;
}

/** A link that could be claimed. */
export interface ClaimableLink {
  readonly linkId: string;
  readonly priority: MarkPriority;
  /** Its oldest mark. Milliseconds. */
  readonly markedAt: number;
}
