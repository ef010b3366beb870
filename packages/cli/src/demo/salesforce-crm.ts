import type { JsonValue } from "@cosell/connector";
import type { RunningEmulators } from "@cosell/emulator";
import { type DealValue, type DemoCrm, fieldsOf } from "./crm.ts";

const names: Readonly<Record<DealValue, string>> = {
  nextSteps: "NextStep",
  monthlySpend: "AWS_Monthly_Spend__c",
  stage: "StageName",
  comments: "AWS_Additional_Comments__c",
  problem: "AWS_Business_Problem__c",
  closeDate: "CloseDate",
  sellerStage: "AWS_Seller_Stage__c",
  solutions: "AWS_Solutions__c",
  opportunityId: "AWS_Opportunity_Id__c",
};

/** The emulated Salesforce. */
export function salesforceCrm({ salesforce }: RunningEmulators): DemoCrm {
  const object = "Opportunity";
  const [accessToken = ""] = salesforce.settings().accessTokens;
  return {
    connector: "salesforce",
    title: "Salesforce",
    connection: { connector: "salesforce", instanceUrl: salesforce.url, accessToken },
    mapping: "salesforce.opportunity.yaml",
    reads: /^(query|queryAll|describe|limits|retrieve|userinfo|token|identity|deleted|updated)/i,
    stages: { committed: "Negotiation/Review", businessValidation: "Proposal/Price Quote" },
    deals: () =>
      salesforce
        .records(object)
        .filter(({ IsDeleted }) => IsDeleted !== true)
        .map((record) => ({
          ref: String(record["Id"]),
          isShared: record["AWS_Cosell__c"] === true,
          isClosed: String(record["StageName"]).startsWith("Closed"),
          hasCustomer: record["AccountId"] !== null,
          values: Object.fromEntries(
            Object.entries(names).map(([name, field]) => [name, record[field] ?? null]),
          ) as Readonly<Record<DealValue, JsonValue>>,
        })),
    edit: (ref, values) => salesforce.edit(object, ref, fieldsOf(names, values)),
    giveCustomer: (ref) => {
      const [account] = salesforce.records("Account");
      salesforce.edit(object, ref, { AccountId: account?.["Id"] ?? null });
    },
    create: (name) =>
      salesforce.create(object, {
        Name: name,
        StageName: "Prospecting",
        CloseDate: "2027-01-31",
        AWS_Cosell__c: true,
      }),
  };
}
