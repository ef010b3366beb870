export { isList, isObject, valueAt } from "../json-path.ts";
export { canonical, sameCrmValue, sameValueIn, type SameValue } from "./canonical.ts";
export { type DecideContext, originKey, sentBy, sentKey } from "./case.ts";
export { decide } from "./decide.ts";
export { agreedByCreate } from "./decide-new.ts";
export { fingerprint } from "./fingerprint.ts";
export type { Answer, Observation } from "./observation.ts";
export * from "./plan.ts";
