export { type Coverage, coverageOf, type FieldCoverage } from "./coverage.ts";
export {
  explain,
  type Explanation,
  type RuleExplanation,
  type TableExplanation,
  type TargetExplanation,
} from "./explain.ts";
export type { Requirement } from "./requirement.ts";
export type { UnusedField } from "./unused-fields.ts";
