import { type CompileOptions, compileMapping } from "../compile/compile-mapping.ts";
import { formatFinding } from "../finding.ts";
import { loadMapping } from "../load/load-mapping.ts";
import type { MappingDocument } from "../document.ts";
import type { CompiledMapping } from "../mapping.ts";
import { dealTarget } from "./deal-target.ts";

/** What every mapping begins with. Five lines: what follows begins on the sixth. */
export const head = [
  "version: 1",
  "id: testcrm.deal",
  "crm: { connector: testcrm, object: Deal }",
  "link: { opportunityId: Opportunity_Id__c }",
  "",
].join("\n");

/** The document of a mapping that is well formed. */
export function documentOf(body: string): MappingDocument {
  const { document, findings } = loadMapping({ file: "deal.yaml", text: `${head}\n${body}` });
  if (document === undefined || findings.length > 0) throw new Error(findings.map(formatFinding).join("\n"));
  return document;
}

/** A mapping, ready to run against {@link dealTarget}. */
export function mappingOf(body: string, options: Partial<CompileOptions> = {}): CompiledMapping {
  return compileMapping(documentOf(body), { target: dealTarget, ...options });
}
