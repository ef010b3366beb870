import type { JsonValue } from "@cosell/connector";
import type { Position } from "@cosell/core";
import type { Link } from "@cosell/state";

/**
 * Why the two sides differ in one field.
 * `deferred` AWS has it locked · `conflict` a person must choose · `held` not fit to send · `paused` on request ·
 * `failed` the deal's last sync failed · `pending` a change is noticed and waits for the next sync · `accepted` both
 * values are known and stand · `unmapped` only AWS has a value, and the mapping gives none here ·
 * `real` nothing explains it: nobody noticed the change.
 */
export type DriftCause =
  "deferred" | "conflict" | "held" | "paused" | "failed" | "pending" | "accepted" | "unmapped" | "real";

/** One field in which the two sides differ. */
export interface FieldDifference {
  /** AWS path; for a value that is only shown in the CRM, the CRM field. */
  readonly path: string;
  /** What the CRM's side gives, as AWS would have it; for a shown value, what stands in the field. */
  readonly crm: JsonValue | undefined;
  /** What AWS holds; for a shown value, what should stand in the field. */
  readonly aws: JsonValue | undefined;
  readonly cause: DriftCause;
  /** One sentence. */
  readonly why: string;
  /** The CRM fields concerned. */
  readonly sources: readonly string[];
  readonly rule: Position | undefined;
  readonly sensitive: boolean;
}

/** One link, compared. */
export interface ComparedLink {
  readonly link: Link;
  /** Empty: the two sides agree. */
  readonly differences: readonly FieldDifference[];
}
