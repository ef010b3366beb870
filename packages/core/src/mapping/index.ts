export { type CheckOptions, checkMapping } from "./check/check-mapping.ts";
export { type CompileOptions, compileMapping } from "./compile/compile-mapping.ts";
export type { MappingDocument } from "./document.ts";
export { formatFinding } from "./finding.ts";
export type { MappingFunction, MappingFunctions } from "./function.ts";
export { type LoadedMapping, loadMapping } from "./load/load-mapping.ts";
export * from "./mapping.ts";
