import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JsonObject } from "@cosell/connector";
import { compileInvitationMapping, type InvitationMapping, loadMapping } from "@cosell/core";
import type { InvitationSettings } from "@cosell/engine";
import { partnerCentralTarget } from "@cosell/partner-central";
import type { World } from "./world.ts";

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
