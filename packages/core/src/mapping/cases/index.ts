export type { ExpectedIssue, GoldenCase } from "./case.ts";
export { type Difference, differencesOf } from "./differences.ts";
export { type LoadedCases, loadCases } from "./load-cases.ts";
export { type CaseMapping, type CaseResult, runCases } from "./run-cases.ts";
