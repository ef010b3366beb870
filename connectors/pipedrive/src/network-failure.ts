import { networkFailures } from "@cosell/connector";

export const { networkFailure, lostWrite } = networkFailures({ crm: "Pipedrive", address: "instanceUrl" });
