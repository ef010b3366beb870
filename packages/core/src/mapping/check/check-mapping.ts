import type { SchemaSnapshot } from "@cosell/connector";
import type { TargetModel } from "../../target.ts";
import type { MappingDocument } from "../document.ts";
import { reportTo, sortFindings } from "../finding.ts";
import type { MappingFunctions } from "../function.ts";
import type { Finding } from "../mapping.ts";
import { bodiesOf } from "../rule-bodies.ts";
import { suggest } from "../suggest.ts";
import { checkCondition, noTargets } from "./check-condition.ts";
import { checkCoverage } from "./check-coverage.ts";
import { checkInbound } from "./check-inbound.ts";
import { checkOutbound } from "./check-outbound.ts";
import { checkSource } from "./check-source.ts";
import type { CheckContext, ObjectScope } from "./context.ts";

/** What a mapping is checked against. */
export interface CheckOptions {
  readonly target: TargetModel;
  /** The CRM's own schema, or a snapshot of it. Without one, the CRM's fields are taken on trust. */
  readonly schema?: SchemaSnapshot;
  readonly functions?: MappingFunctions;
}

/** Finds everything that is wrong with what a mapping means, in one go and in the order of the file. Throws nothing. */
export function checkMapping(document: MappingDocument, options: CheckOptions): readonly Finding[] {
  const findings: Finding[] = [];
  const { target, schema, functions = {} } = options;
  const tables = new Map(document.tables.map((table) => [table.name.text, table]));
  const context: CheckContext = { document, target, schema, functions, report: reportTo(findings), tables };
  const objects = schema && checkObject(schema, context);
  const scope: ObjectScope = { record: objects, item: objects };

  if (document.match) checkCondition(document.match, noTargets, scope, context);
  const { field } = checkSource(document.link.opportunityId, "record", scope, context);
  if (field?.updatable === false) {
    const { text, at } = document.link.opportunityId;
    context.report(at, { code: "not-writable", message: `${text} cannot be written in the CRM.` });
  }
  checkOutbound(scope, context);
  checkInbound(scope, context);
  checkTablesUsed(context);
  checkCoverage(context);
  checkAuthority(context);
  return sortFindings(findings);
}

/** The object that the mapping is about, when the schema is one of the same CRM and knows it. */
function checkObject(schema: SchemaSnapshot, { document, report }: CheckContext): readonly string[] | undefined {
  const { connector, object } = document.crm;
  if (connector.text !== schema.connector)
    report(connector.at, {
      code: "wrong-schema",
      message: `The mapping is for ${connector.text}, and the schema is one of ${schema.connector}.`,
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

function checkTablesUsed({ document, report }: CheckContext): void {
  const bodies = [...document.outbound, ...document.inbound].flatMap(({ body }) => bodiesOf(body));
  const used = new Set(bodies.flatMap(({ table }) => table?.text ?? []));
  for (const { name } of document.tables)
    if (!used.has(name.text))
      report(name.at, { severity: "warning", code: "unused-table", message: `No rule uses the table ${name.text}.` });
}

function checkAuthority({ document, target, report }: CheckContext): void {
  const known = new Set(
    [...target.writable.keys(), ...target.readable.keys()].flatMap((path) => {
      const plain = path.replaceAll("[]", "");
      const root = plain.split(".")[0] ?? plain;
      return [plain, root];
    }),
  );
  for (const { path } of document.authority.entries)
    if (!known.has(path.text))
      report(path.at, {
        code: "unknown-target-field",
        message: `${target.name} has no field "${path.text}" to have authority over.`,
        suggestion: suggest(path.text, known),
      });
}
