import type { SchemaSnapshot } from "@cosell/connector";
import type { TargetModel } from "../../target.ts";
import type { MappingDocument, Table } from "../document.ts";
import { reportTo, sortFindings } from "../finding.ts";
import type { MappingFunctions } from "../function.ts";
import type { Finding } from "../mapping.ts";
import { bodiesOf } from "../rule-bodies.ts";
import { suggest } from "../suggest.ts";
import { checkAuthority } from "./check-authority.ts";
import { checkCondition } from "./check-condition.ts";
import { checkInbound, checkWritable } from "./check-inbound.ts";
import { checkLeftOut } from "./check-left-out.ts";
import { checkOutbound } from "./check-outbound.ts";
import { checkOverlaps } from "./check-overlaps.ts";
import { checkRequired } from "./check-required.ts";
import { checkSubmission } from "./check-submission.ts";
import { checkRows } from "./check-table.ts";
import { type CheckContext, createOnce, type ObjectScope } from "./context.ts";
import { noTargets, outboundSubjects } from "./find-subject.ts";
import { mappedPaths } from "./mapped-paths.ts";
import type { ValueShape } from "./value-shape.ts";

/** What a mapping is checked against. */
export interface CheckOptions {
  readonly target: TargetModel;
  /** The CRM's own schema, or a snapshot of it. Without one, the CRM's fields are taken on trust. */
  readonly schema?: SchemaSnapshot;
  readonly functions?: MappingFunctions;
}

/** Finds everything that is wrong with what a mapping means, in one go and in the order of the file. Throws nothing. */
export function checkMapping(document: MappingDocument, options: CheckOptions): readonly Finding[] {
  return checkDocument(document, options, "existing");
}

/** The same for rules that write `records` of this kind. */
export function checkDocument(
  document: MappingDocument,
  options: CheckOptions,
  records: CheckContext["records"],
): readonly Finding[] {
  const findings: Finding[] = [];
  const { target, schema, functions = {} } = options;
  const tables = new Map(document.tables.map((table) => [table.name.text, table]));
  const report = reportTo(findings);
  const seen = { once: createOnce(), tableUses: new Map<Table, ValueShape[]>() };
  const context: CheckContext = { document, target, schema, functions, report, records, tables, ...seen };
  const objects = schema && checkObject(schema, context);
  const scope: ObjectScope = { record: objects, item: objects, itemKey: "" };

  if (document.match) checkCondition(document.match, outboundSubjects(noTargets, scope, context), undefined, context);
  checkWritable(document.link.opportunityId, scope, context);
  const shapes = checkOutbound(scope, context);
  checkInbound(scope, context);
  checkRows(context);
  checkTablesUsed(context);
  const mapped = mappedPaths(document.outbound);
  checkOverlaps(context);
  checkRequired(mapped, context);
  checkLeftOut(mapped, context);
  checkAuthority(context);
  checkSubmission(mapped, shapes, context);
  return sortFindings(findings);
}

/** The object that the mapping is about, when the schema is one of the same CRM and knows it. */
function checkObject(schema: SchemaSnapshot, { document, report }: CheckContext): readonly string[] | undefined {
  const { connector, object } = document.crm;
  if (connector.text !== schema.connector)
    report(connector.at, {
      code: "wrong-schema",
      message: `The mapping is for ${connector.text}, and the schema is one of ${schema.connector}.`,
      suggestion: suggest(connector.text, [schema.connector]),
    });
  else if (!Object.hasOwn(schema.objects, object.text))
    report(object.at, {
      code: "unknown-object",
      message: `The CRM has no object "${object.text}".`,
      suggestion: suggest(object.text, Object.keys(schema.objects)),
    });
  else return [object.text];
  return undefined;
}

/** A table of this file that no rule uses. One that comes from a mapping below may have lost its rule to an overlay. */
function checkTablesUsed({ document, report }: CheckContext): void {
  const bodies = [...document.outbound, ...document.inbound].flatMap(({ body }) => bodiesOf(body));
  const used = new Set(bodies.flatMap(({ table }) => table?.text ?? []));
  for (const { name } of document.tables)
    if (!used.has(name.text) && name.at.file === document.file)
      report(name.at, { severity: "warning", code: "unused-table", message: `No rule uses the table ${name.text}.` });
}
