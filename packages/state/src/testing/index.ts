export * from "./conformance.ts";
export * from "./test-servers.ts";
