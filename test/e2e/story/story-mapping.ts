import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type CompiledMapping, compileMapping, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";

const shipped = join(import.meta.dirname, "../../../mappings");

/** A mapping file of the company's own, laid over a shipped mapping. */
export interface Overlay {
  readonly file: string;
  readonly compiled: CompiledMapping;
}

/** Writes an overlay into the company's folder, as an operator would, and compiles it. `rules` are lines of YAML. */
export function writeOverlay(folder: string, base: string, name: string, rules: readonly string[]): Overlay {
  const file = join(folder, `${name}.yaml`);
  const text = ["version: 1", `extends: ${base}`, `id: story.${name}`, ...rules, ""].join("\n");
  writeFileSync(file, text);
  const { document, findings } = loadMapping({ file, text, resolve: located });
  if (document === undefined) throw new Error(`the mapping does not load: ${JSON.stringify(findings)}`);
  return { file, compiled: compileMapping(document, { target: partnerCentralTarget }) };
}

/** A file beside the one that names it, or a shipped mapping by its id. */
function located(reference: string, fromFile: string): { readonly file: string; readonly text: string } | undefined {
  const places = [resolve(dirname(fromFile), reference), join(shipped, reference), join(shipped, `${reference}.yaml`)];
  const file = places.find((place) => existsSync(place));
  return file === undefined ? undefined : { file, text: readFileSync(file, "utf8") };
}
