import { connectorConformance, type ConformanceWorld } from "@cosell/connector/testing";
import { describe, it } from "@jest/globals";
import { salesforce } from "./index.ts";
import { startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

async function salesforceWorld(): Promise<ConformanceWorld> {
  const { org, connection, advance, close } = await startEmulatedOrg();
  const account = org.create("Account", { Name: "Octank" });
  return {
    connection,
    object: "Opportunity",
    textField: "Name",
    newRecord: { StageName: "Prospecting", CloseDate: "2026-09-30", AccountId: account },
    missingRef: "006000000000001",
    idempotencyField: "AWS_Opportunity_Id__c",
    related: {
      path: "Account.Name",
      change: async () => {
        org.edit("Account", account, { Name: "Octank Group" });
      },
    },
    merging: async () => {
      const loser = org.create("Account", { Name: "Octank Ltd" });
      return {
        object: "Account",
        loser,
        survivor: account,
        merge: async () => {
          org.merge("Account", account, [loser]);
        },
      };
    },
    create: async (fields) => org.create("Opportunity", fields),
    update: async (ref, fields) => {
      org.edit("Opportunity", ref, fields);
    },
    remove: async (ref) => {
      org.remove("Opportunity", ref);
    },
    settle: async () => {
      advance(5000);
    },
    close,
  };
}

describe("Salesforce keeps the contract", () => {
  connectorConformance({ it, connector: salesforce, makeWorld: salesforceWorld });
});
