import type { JsonObject } from "@cosell/connector";
import type { InboundSource } from "../../mapping.ts";

/** A small mapping that is whole, as the reference begins with. A test checks it, and runs it in both directions. */
export const wholeExample: {
  readonly yaml: string;
  readonly record: JsonObject;
  readonly payload: JsonObject;
  readonly source: InboundSource;
  readonly fields: JsonObject;
} = {
  yaml: `# yaml-language-server: $schema=../packages/core/schema/mapping.v1.json
version: 1
id: acme.opportunity
crm: { connector: salesforce, object: Opportunity }
match: { AWS_Cosell__c: { eq: true } }
link: { opportunityId: AWS_Opportunity_Id__c }

tables:
  stage:
    outbound: { Prospecting: Prospect, Qualification: Qualified, Closed Won: Launched, Closed Lost: Closed Lost }
    otherwise: error

outbound:
  Customer.Account.CompanyName: { from: Account.Name, required: true }
  Project.Title: { template: "{Account.Name} - {Name}", steps: [{ truncate: 255 }] }
  LifeCycle.Stage: { from: StageName, table: stage }
  LifeCycle.TargetCloseDate: { from: CloseDate, steps: [date] }

inbound:
  StageName: { from: LifeCycle.Stage, table: stage }
  AWS_Review_Status__c: { from: LifeCycle.ReviewStatus }

authority: { default: crm, LifeCycle.TargetCloseDate: aws }
`,
  record: {
    AWS_Cosell__c: true,
    Name: "Data lake",
    Account: { Name: "Acme" },
    StageName: "Qualification",
    CloseDate: "2026-09-30",
  },
  payload: {
    Customer: { Account: { CompanyName: "Acme" } },
    Project: { Title: "Acme - Data lake" },
    LifeCycle: { Stage: "Qualified", TargetCloseDate: "2026-09-30" },
  },
  source: { opportunity: { LifeCycle: { Stage: "Launched", ReviewStatus: "Approved" } }, link: {} },
  fields: { StageName: "Closed Won", AWS_Review_Status__c: "Approved" },
};
