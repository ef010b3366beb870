import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JsonObject } from "@cosell/connector";
import { compileInvitationMapping, type InvitationMapping, loadMapping } from "@cosell/core";
import type { InvitationSettings } from "@cosell/engine";
import { partnerCentralTarget } from "@cosell/partner-central";
import { createDeal, settled, type World } from "./world.ts";

const root = join(import.meta.dirname, "../../..");
const hour = 3_600_000;

/** A mapping of invitations as it stands in its file; `change` edits its text first. */
export function invitationMapping(
  file = "mappings/salesforce.invitation-opportunity.yaml",
  change: (text: string) => string = (text) => text,
): InvitationMapping {
  const path = join(root, file);
  const { invitation, findings } = loadMapping({
    file,
    text: change(readFileSync(path, "utf8")),
    resolve: (reference) => {
      const other = join(dirname(path), reference);
      return existsSync(other) ? { file: reference, text: readFileSync(other, "utf8") } : undefined;
    },
  });
  if (invitation === undefined) throw new Error(`the mapping does not load: ${JSON.stringify(findings)}`);
  return compileInvitationMapping(invitation, { target: partnerCentralTarget });
}

/** The shipped mapping, nothing decided by rule; `change` is laid over it. */
export function invitationSettings(change: Partial<InvitationSettings> = {}): InvitationSettings {
  return {
    records: [{ mapping: invitationMapping(), create: "accepted" }],
    rules: [],
    alarmMs: [72 * hour, 24 * hour],
    ...change,
  };
}

/** AWS refers an opportunity; `change` is laid over its account and project. Returns the invitation's id. */
export function refer(
  { emulators }: World,
  change: { readonly account?: JsonObject; readonly project?: JsonObject; readonly lifeCycle?: JsonObject } = {},
): string {
  return emulators.partnerCentral.refer({
    opportunity: {
      OpportunityType: "Net New Business",
      NationalSecurity: "No",
      PrimaryNeedsFromAws: ["Co-Sell - Architectural Validation"],
      Customer: {
        Account: {
          CompanyName: "Initech",
          Industry: "Retail",
          WebsiteUrl: "https://www.initech.example",
          Address: { CountryCode: "US", PostalCode: "78701", StateOrRegion: "Texas", City: "Austin" },
          ...change.account,
        },
      },
      LifeCycle: {
        Stage: "Technical Validation",
        TargetCloseDate: "2027-03-31",
        NextSteps: "Call on Monday",
        ...change.lifeCycle,
      },
      Marketing: { Source: "None" },
      Project: {
        Title: "Move the warehouse",
        CustomerBusinessProblem: "The warehouse's data centre closes at the end of the year.",
        CustomerUseCase: "Storage & Backup",
        DeliveryModels: ["SaaS or PaaS"],
        SalesActivities: ["Initialized discussions with customer"],
        ExpectedCustomerSpend: [{ Amount: "2500.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
        ...change.project,
      },
    },
  }).invitation;
}

/** Both shipped mappings: leads become Leads, opportunities become deals, as soon as they are offered. */
export function leadSettings(change: Partial<InvitationSettings> = {}): InvitationSettings {
  const lead = invitationMapping("mappings/salesforce.invitation-lead.yaml");
  return invitationSettings({
    records: [
      { mapping: lead, create: "received", becomes: "ConvertedOpportunityId" },
      { mapping: invitationMapping(), create: "received" },
    ],
    ...change,
  });
}

/** AWS offers a lead. Returns the invitation's id. */
export function referLead({ emulators }: World, CompanyName: string): string {
  return emulators.partnerCentral.refer({
    lead: {
      Customer: {
        CompanyName,
        Industry: "Retail",
        WebsiteUrl: "https://www.initech.example",
        Address: { CountryCode: "US" },
      },
      Interactions: [
        {
          SourceType: "Event",
          SourceId: "event-1",
          SourceName: "Cloud Day",
          Usecase: "Storage & Backup",
          InteractionDate: "2026-11-01T00:00:00Z",
          CustomerAction: "Asked for a call",
          BusinessProblem: "The customer cannot see its stock across shops.",
          Contact: { FirstName: "Ann", LastName: "Lee", BusinessTitle: "Head of IT", Email: "ann.lee@initech.example" },
        },
      ],
    },
  }).invitation;
}

/** A seller converts a Lead into a deal, with all that AWS wants and marked for co-selling. Returns the deal. */
export function convertLead(world: World, lead: string): string {
  const { opportunityId: deal = "" } = world.emulators.salesforce.convert(lead);
  const model = world.record(createDeal(world, { AWS_Cosell__c: false }));
  const { AccountId, AWS_Business_Problem__c, AWS_Use_Case__c, AWS_Monthly_Spend__c } = model;
  world.emulators.salesforce.edit("Opportunity", deal, {
    ...{ AccountId, AWS_Business_Problem__c, AWS_Use_Case__c, AWS_Monthly_Spend__c, AWS_Cosell__c: true },
  });
  world.clock.advance(settled);
  return deal;
}
