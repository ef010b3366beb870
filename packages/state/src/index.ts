export * from "./open-state.ts";
export type * from "./inbox.ts";
export * from "./store.ts";
export * from "./under-claim.ts";
