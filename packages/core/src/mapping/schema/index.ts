export { casesSchema } from "./cases-schema.ts";
export { authorities } from "./definitions/authorities.ts";
export {
  caseKeys,
  casesFileKeys,
  inboundExpectations,
  inboundParts,
  issueKeys,
  outboundExpectations,
} from "./definitions/case-keys.ts";
export { comparisons, joiners } from "./definitions/conditions.ts";
export { crmKeys, fileKeys, invitationKeys, linkKeys } from "./definitions/file-keys.ts";
export { bodyKeys, ruleOnlyKeys, writes } from "./definitions/rule-keys.ts";
export { stepDefinitions } from "./definitions/step-definitions.ts";
export { missPolicies, tableKeys } from "./definitions/table-keys.ts";
export { verbs } from "./definitions/verbs.ts";
export { wholeExample } from "./definitions/whole-example.ts";
export { type MappingSchemaOptions, mappingSchema } from "./mapping-schema.ts";
export { mappingReference } from "./reference/mapping-reference.ts";
export { tableFileSchema } from "./table-schema.ts";
