import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompiledMapping, compileMapping, formatFinding, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";

/** `opportunity.yaml`, compiled as the product compiles its mappings: provenance is always on. */
export function compileOpportunity(): CompiledMapping {
  const file = "opportunity.yaml";
  const text = readFileSync(join(import.meta.dirname, file), "utf8");
  const { document, findings } = loadMapping({ file, text });
  if (document === undefined || findings.length > 0) throw new Error(findings.map(formatFinding).join("\n"));
  return compileMapping(document, { target: partnerCentralTarget });
}
