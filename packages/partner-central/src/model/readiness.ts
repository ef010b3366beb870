import type { ReadinessIssue, ReadinessRequest } from "@cosell/core";
import { factsOf } from "./readiness-rule.ts";
import { readinessRules } from "./readiness-rules.ts";
import { validateInput } from "./validate-input.ts";

/**
 * What stands between an opportunity and a purpose: empty means ready. For `create` AWS's model is checked as well
 * (lengths, patterns, lists of values); for an opportunity that AWS already holds it is not, since AWS itself holds values
 * outside its own lists. For `submit`, `Submission.InvolvementType` in the opportunity waives what only co-selling needs.
 * For `stage`, the opportunity has the stage that it is to reach.
 *
 * What AWS asks of some partners only (at the launch: the customer's AWS account of consulting partners, the software revenue
 * of special programs) is told for `stage` alone, as `conditional`.
 */
export function readiness(request: ReadinessRequest): readonly ReadinessIssue[] {
  const facts = factsOf(request);
  const broken = readinessRules
    .filter((rule) => rule.purposes.includes(request.purpose) && rule.when(facts))
    .map(({ path, code, message, source, conditional }) => ({
      path,
      code,
      message,
      source,
      ...(conditional === true && { conditional }),
    }));
  return request.purpose === "create" ? [...modelIssues(request), ...broken] : broken;
}

/** The client fills these in itself. */
const filledIn: ReadonlySet<string> = new Set(["Catalog", "ClientToken"]);

function modelIssues({ opportunity }: ReadinessRequest): readonly ReadinessIssue[] {
  return validateInput("CreateOpportunity", opportunity)
    .filter(({ fieldName }) => !filledIn.has(fieldName))
    .map(({ fieldName, code, message }) => ({
      path: fieldName,
      code: code === "REQUIRED_FIELD_MISSING" ? "missing" : "invalid",
      message,
      source: "AWS service model",
    }));
}
