import type { FieldState, LinkStatus } from "./store.ts";

/** Numbers for `status`. */
export interface StateCounts {
  readonly links: Readonly<Record<LinkStatus, number>>;
  /** Linked, by review status. */
  readonly reviewStatus: Readonly<Record<string, number>>;
  readonly dirty: number;
  /** Links with at least one such field. */
  readonly held: number;
  readonly deferred: number;
  readonly conflicts: number;
  readonly failed: number;
  readonly pendingCalls: number;
}

/** What a state is. */
export interface StateInfo {
  /** The file or the database, as a person would say it; never a password. */
  readonly location: string;
  /** The newest step of its schema. */
  readonly schema: number;
  /** How many rows each table holds. */
  readonly rows: Readonly<Record<string, number>>;
}

/** One group of equal reasons. */
export interface ReasonCount {
  readonly kind: FieldState["kind"];
  readonly code: string;
  readonly reason: string;
  readonly links: number;
}
