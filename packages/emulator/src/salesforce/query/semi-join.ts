import type { Query } from "@jetstreamapp/soql-parser-js";
import type { Org } from "../org.ts";
import type { Literal } from "./comparison.ts";
import { compileCondition } from "./condition.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";

/** What `IN (SELECT AccountId FROM …)` stands for: the values of its one field. */
export function valuesOfSubquery(org: Org, query: Query): readonly Literal[] {
  const selected = query.fields?.[0];
  if (query.sObject === undefined || query.fields?.length !== 1 || selected?.type !== "Field") {
    throw malformed("a semi-join selects one field of one object");
  }
  const object = org.schema().object(query.sObject);
  const path = resolvePath(org, object, selected.field);
  const matches = compileCondition(org, object, query.where);
  return [...org.store.all(object)]
    .filter((record) => record["IsDeleted"] !== true && matches(record))
    .map((record) => path.value(record))
    .filter((value) => value !== null)
    .map((value) => ({ text: `'${String(value)}'`, type: "STRING" }));
}
