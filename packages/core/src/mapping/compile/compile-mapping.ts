import type { TargetModel } from "../../target.ts";
import { checkMapping } from "../check/check-mapping.ts";
import { fitLiteral } from "../constraints.ts";
import type { MappingDocument } from "../document.ts";
import type { MappingFunctions } from "../function.ts";
import type { CompiledMapping } from "../mapping.ts";
import { isProblem } from "../problem.ts";
import { requiredMembers } from "../required-members.ts";
import { authorityOf } from "./authority.ts";
import { compileCondition } from "./compile-condition.ts";
import { compileInbound } from "./compile-inbound.ts";
import { compileOutboundLookup, plainValue } from "./compile-lookup.ts";
import { compileOutbound } from "./compile-outbound.ts";
import { recordScope } from "./compile-path.ts";
import type { Context } from "./context.ts";
import { hashOf } from "./hash.ts";
import { gatherOrigins } from "./origins.ts";
import { refuseErrors } from "./refuse-errors.ts";
import { startRun } from "./run.ts";
import { sourceFieldsOf } from "./source-fields.ts";

/** What a mapping is compiled against. */
export interface CompileOptions {
  readonly target: TargetModel;
  /** What the connector adds to the steps. */
  readonly functions?: MappingFunctions;
}

/**
 * Makes a mapping ready to run: closures, with everything that does not depend on a record worked out once. Throws a
 * `config` failure that lists the findings when the mapping has errors against the target.
 */
export function compileMapping(document: MappingDocument, options: CompileOptions): CompiledMapping {
  const { target, functions = {} } = options;
  refuseErrors(document.id, checkMapping(document, options));
  const scope = recordScope();
  const shared = {
    targetName: target.name,
    requiredMembers: requiredMembers(target.writable),
    functions,
    tables: new Map(document.tables.map((table) => [table.name.text, table])),
  };
  const literal: Context["literal"] = (value, { field, itemField }) => {
    const leaf = field?.type === "list" ? itemField : field;
    const fitted = leaf && fitLiteral(value, leaf);
    return fitted === undefined || isProblem(fitted) ? plainValue(value) : fitted;
  };
  const run = compileOutbound(document.outbound, {
    ...shared,
    fields: target.writable,
    scope,
    literal,
    lookup: (table, destination) => compileOutboundLookup(table, destination, literal),
  });
  const { outbound, originOf } = gatherOrigins(document.outbound, scope);
  const matches = document.match && compileCondition(document.match, { scope, targetAbove: () => undefined });
  const { id, crm, link, authority } = document;
  return {
    id,
    crm: { connector: crm.connector.text, object: crm.object.text },
    link: { opportunityId: link.opportunityId.text },
    sourceFields: sourceFieldsOf(document, scope),
    outbound,
    inbound: compileInbound(document, options),
    hash: hashOf(document),
    matches: (record) => matches?.(record, startRun(record)) ?? true,
    run,
    authorityOf: authorityOf(authority),
    originOf,
  };
}
