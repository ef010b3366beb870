export { isList, isObject, valueAt } from "../json-path.ts";
export { canonical, sameCrmValue, sameValueIn, type SameValue } from "./canonical.ts";
export type { DecideContext } from "./case.ts";
export { decide } from "./decide.ts";
export { fingerprint } from "./fingerprint.ts";
export type { Observation } from "./observation.ts";
export * from "./plan.ts";
