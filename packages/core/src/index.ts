export * from "./mapping/index.ts";
export * from "./reconcile/index.ts";
export * from "./target.ts";
