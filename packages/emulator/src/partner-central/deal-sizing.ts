import { companyWithoutDuration } from "@cosell/partner-central/model";
import type { JsonObject, JsonValue } from "../kernel/index.ts";
import { valueAt, withValue } from "../partner-central-shared/paths.ts";

const spend = "Project.ExpectedCustomerSpend";

/** What AWS makes of a deal's expected spend: without a contract duration, all of it is spend at AWS. */
export function sizedDeal<Body extends JsonObject>(body: Body): Body {
  const rows = valueAt(body, spend);
  if (!Array.isArray(rows) || valueAt(body, "Project.ExpectedContractDuration") !== null) return body;
  const counted = (rows as readonly JsonValue[]).map((row) => ({
    ...(row as JsonObject),
    TargetCompany: companyWithoutDuration,
  }));
  return withValue(body, spend, counted) as Body;
}
