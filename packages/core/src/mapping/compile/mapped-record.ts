import type { JsonObject } from "@cosell/connector";
import type { MappingIssue, OutboundResult } from "../mapping.ts";
import { type Made, type Run, usedSources } from "./run.ts";

/**
 * What a run gives. `usedSources` is an own property as the others are, and worked out when it is read: it costs as much
 * as a quarter of the run, and most runs are never explained.
 */
export class MappedRecord implements OutboundResult {
  readonly payload: JsonObject;
  readonly related: OutboundResult["related"];
  declare readonly assignee?: JsonObject;
  declare readonly submission?: JsonObject;
  readonly issues: readonly MappingIssue[];
  declare readonly usedSources: OutboundResult["usedSources"];
  readonly #trace: readonly Made[];

  // One descriptor for all, so that all results keep one hidden class.
  static readonly #lazily: PropertyDescriptor & ThisType<MappedRecord> = {
    enumerable: true,
    get(): OutboundResult["usedSources"] {
      return usedSources(this.#trace);
    },
  };

  constructor(made: {
    readonly payload: JsonObject;
    readonly related: OutboundResult["related"];
    readonly assignee: JsonObject | undefined;
    readonly submission: JsonObject | undefined;
    readonly run: Run;
  }) {
    this.payload = made.payload;
    this.related = made.related;
    if (made.assignee !== undefined) this.assignee = made.assignee;
    if (made.submission !== undefined) this.submission = made.submission;
    this.issues = made.run.issues;
    this.#trace = made.run.trace;
    Object.defineProperty(this, "usedSources", MappedRecord.#lazily);
  }
}
