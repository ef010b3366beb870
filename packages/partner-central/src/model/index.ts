// What AWS's model, documentation and samples say, as data and pure functions. No SDK: the emulator builds on it too.
export { apiVersion, operationNames, operationOf, targetPrefix } from "./operations.ts";
export type { Member, Operation } from "./operations.ts";
export { acceptedValues, enums, valuesBeyondEnums } from "./enums.ts";
export { closedLists, customerUseCases, usStates } from "./value-lists.ts";
export type { ClosedList } from "./value-lists.ts";
export { countriesWithoutPostalCode, isPostalCode, postalCodePatterns } from "./postal-codes.ts";
export { validateInput } from "./validate-input.ts";
export type { ValidationCode, ValidationError } from "./validate-input.ts";
export { lockOf, lockPhaseOf, lockRows } from "./field-locks.ts";
export type { LockPhase, LockRow } from "./field-locks.ts";
export { relatedEntityLimits } from "./opportunity-facts.ts";
export { readiness } from "./readiness.ts";
export { readinessRules } from "./readiness-rules.ts";
export type { OpportunityFacts, ReadinessRule } from "./readiness-rule.ts";
export { quotaLimits, quotaOf } from "./quotas.ts";
export type { OperationQuota, QuotaClass, QuotaLimit } from "./quotas.ts";
