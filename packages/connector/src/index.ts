export * from "./clock.ts";
export * from "./connector.ts";
export * from "./failure.ts";
export * from "./json.ts";
export * from "./logger.ts";
export * from "./schema.ts";
export * from "./secret.ts";
