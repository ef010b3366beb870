export * from "./partner-central.ts";
