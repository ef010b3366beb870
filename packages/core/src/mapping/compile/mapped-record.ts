import type { JsonObject } from "@cosell/connector";
import type { MappingIssue, OutboundResult } from "../mapping.ts";
import { type Made, type Run, usedSources } from "./run.ts";

/**
 * What a run gives. `usedSources` is worked out when it is read: it costs as much as a quarter of the run, and most runs are
 * never explained.
 */
export class MappedRecord implements OutboundResult {
  readonly payload: JsonObject;
  readonly related: OutboundResult["related"];
  declare readonly assignee?: JsonObject;
  declare readonly submission?: JsonObject;
  readonly issues: readonly MappingIssue[];
  readonly #trace: readonly Made[];

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
  }

  get usedSources(): OutboundResult["usedSources"] {
    return usedSources(this.#trace);
  }
}
