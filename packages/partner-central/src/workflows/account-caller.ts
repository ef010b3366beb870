import type { PartnerCentralAccount } from "../account/index.ts";
import type { WorkflowCaller } from "./workflow.ts";

/** The client of the Account API as workflows call it: by name, their inputs being checked against AWS's model. */
export function accountCaller(client: Pick<PartnerCentralAccount, "call">): WorkflowCaller {
  return client;
}
