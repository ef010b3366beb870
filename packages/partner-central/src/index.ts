export * from "./partner-central.ts";
export { createPartnerCentral } from "./create-partner-central.ts";
export type { PartnerCentralOptions } from "./create-partner-central.ts";
export { createMemoryQuotaGate } from "./quota-gate.ts";
export type { MemoryQuotaGateOptions, QuotaGate } from "./quota-gate.ts";
export { partnerCentralTarget } from "./target-model.ts";
export { parseEvent } from "./events/parse-event.ts";
export type { PartnerCentralEvent } from "./events/parse-event.ts";
