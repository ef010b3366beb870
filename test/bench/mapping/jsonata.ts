import { readFileSync } from "node:fs";
import { join } from "node:path";
import jsonata from "jsonata";
import type { OpportunityRecord } from "./opportunity-record.ts";
import { industries, lossReasons, stages, types } from "./tables.ts";

/** `opportunity.jsonata`, parsed once. JSONata says all of the job in its own language. */
export function prepareJsonata(): (record: OpportunityRecord) => Promise<unknown> {
  const expression = jsonata(readFileSync(join(import.meta.dirname, "opportunity.jsonata"), "utf8"));
  for (const [name, table] of Object.entries({ industries, lossReasons, stages, types }))
    expression.assign(name, table);
  return async (record) => expression.evaluate(record) as Promise<unknown>;
}
