export * from "./open-state.ts";
export * from "./store.ts";
