export * from "./mapping/mapping.ts";
export * from "./target.ts";
