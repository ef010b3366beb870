// What AWS's model, documentation and samples say, as data and pure functions. No SDK: the emulator builds on it too.
export { apiVersion, listMemberOf, operationNames, operationOf, targetPrefix } from "./operations.ts";
export type { Member, Operation } from "./operations.ts";
export { isReadOperation, services } from "./services.ts";
export type { Service, ServiceName } from "./services.ts";
export type { ServiceModel, Shape } from "./service-model.ts";
export { acceptedValues, accountEnums, enums, valuesBeyondEnums } from "./enums.ts";
export { closedLists, customerUseCases, usStates } from "./value-lists.ts";
export type { ClosedList } from "./value-lists.ts";
export { countriesWithoutPostalCode, isPostalCode, postalCodePatterns } from "./postal-codes.ts";
export { validateInput } from "./validate-input.ts";
export type { ValidationCode, ValidationError } from "./validate-input.ts";
export { outputQuirks, unlistedErrors, validateOutput } from "./validate-output.ts";
export type { OperationAnswer, OutputQuirk, UnlistedError } from "./validate-output.ts";
export { lockOf, lockPhaseOf, lockRows } from "./field-locks.ts";
export type { LockPhase, LockRow } from "./field-locks.ts";
export { associationRuleOf, associationRules, relatedEntityLimits } from "./associations.ts";
export type { AssociationRule } from "./associations.ts";
export {
  companyWithoutDuration,
  contractMonths,
  dealSizingRules,
  keptWhenLeftOut,
  spendCurrencies,
  spendFrequencies,
} from "./deal-sizing.ts";
export { nextStage, stageMove, stageOrder, stagesAfter } from "./stage-order.ts";
export type { StageOrderRow } from "./stage-order.ts";
export { stageRequirements } from "./stage-requirements.ts";
export type { StageRequirement } from "./stage-requirements.ts";
export { readiness } from "./readiness.ts";
export { readinessRules } from "./readiness-rules.ts";
export type { OpportunityFacts, ReadinessRule } from "./readiness-rule.ts";
export { quotaLimits, quotaOf, quotaRows } from "./quotas.ts";
export type { OperationQuota, QuotaClass, QuotaLimit, QuotaRow } from "./quotas.ts";
