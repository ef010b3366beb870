export * from "./breakable-link.ts";
export * from "./conformance.ts";
export * from "./test-servers.ts";
