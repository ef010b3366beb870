import type { SchemaSnapshot } from "@cosell/connector";
import type { TargetModel } from "../../target.ts";
import type { MappingDocument, Table } from "../document.ts";
import type { Report } from "../finding.ts";
import type { MappingFunctions } from "../function.ts";

/** What every check needs to know. */
export interface CheckContext {
  readonly document: MappingDocument;
  readonly target: TargetModel;
  /** Absent: nothing is known of the CRM, and its paths are taken on trust. */
  readonly schema: SchemaSnapshot | undefined;
  readonly functions: MappingFunctions;
  readonly report: Report;
  readonly tables: ReadonlyMap<string, Table>;
}

/** The CRM objects that paths may start at; polymorphic references make it several. Absent: not known. */
export interface ObjectScope {
  readonly record: readonly string[] | undefined;
  readonly item: readonly string[] | undefined;
}
