export type { ComparedLink, DriftCause, FieldDifference } from "./drift.ts";
export { runDrift } from "./run-drift.ts";
