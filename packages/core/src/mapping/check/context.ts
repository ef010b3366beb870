import type { SchemaSnapshot } from "@cosell/connector";
import type { TargetModel } from "../../target.ts";
import type { MappingDocument, Table } from "../document.ts";
import type { Report } from "../finding.ts";
import type { MappingFunctions } from "../function.ts";
import type { ValueShape } from "./value-shape.ts";

/** What every check needs to know. */
export interface CheckContext {
  readonly document: MappingDocument;
  readonly target: TargetModel;
  /** Absent: nothing is known of the CRM, and its paths are taken on trust. */
  readonly schema: SchemaSnapshot | undefined;
  readonly functions: MappingFunctions;
  readonly report: Report;
  /** Which records the inbound rules write: those that the CRM has, or, for invitations, one that is made. */
  readonly records: "existing" | "new";
  readonly tables: ReadonlyMap<string, Table>;
  /** What comes into each table, for every outbound rule that uses it. */
  readonly tableUses: Map<Table, ValueShape[]>;
  /** Runs a check of one thing in the light of another once only, however many rules ask for it. */
  readonly once: Once;
}

/** Runs `check` unless it ran for the same things before. */
export type Once = (things: readonly [object, object], check: () => void) => void;

/** Remembers by identity. */
export function createOnce(): Once {
  const done = new WeakMap<object, WeakSet<object>>();
  return ([first, second], check) => {
    const seconds = done.get(first) ?? new WeakSet();
    if (seconds.has(second)) return;
    done.set(first, seconds.add(second));
    check();
  };
}

/** The CRM objects that paths may start at; polymorphic references make it several. Absent: not known. */
export interface ObjectScope {
  readonly record: readonly string[] | undefined;
  readonly item: readonly string[] | undefined;
  /** Inside `each`: tells the item's paths from the record's, and from those of other lists. */
  readonly itemKey: string;
}
