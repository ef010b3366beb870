export * from "./clock.ts";
export * from "./faults.ts";
export * from "./http-host.ts";
export * from "./json.ts";
export * from "./merge-settings.ts";
export * from "./randomness.ts";
export * from "./request-log.ts";
export * from "./server.ts";
