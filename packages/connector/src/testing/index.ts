export { connectorConformance, type ConformanceOptions } from "./conformance.ts";
export { memoryTokens, testContext } from "./context.ts";
export type { ConformanceWorld } from "./world.ts";
