import { PartnerCentralSelling, type CreateOpportunityRequest } from "@aws-sdk/client-partnercentral-selling";
import { manualClock, type EmulatorClock, type EmulatorHooks, type JsonObject } from "../../kernel/index.ts";
import { startPartnerCentral, type RunningPartnerCentral } from "../../start-partner-central.ts";
import type { PartnerCentralSettings } from "../settings.ts";

/** A started Partner Central with AWS's own client on it, for the tests of this package. */
export interface EmulatedPartnerCentral extends RunningPartnerCentral {
  readonly clock: Required<EmulatorClock>;
  readonly client: PartnerCentralSelling;
  /** AWS's client with other credentials or another number of attempts. */
  clientOf(options: { readonly accessKeyId?: string; readonly maxAttempts?: number }): PartnerCentralSelling;
  /** A call without SDK: the raw answer. */
  post(operation: string, body: JsonObject | string, headers?: Record<string, string>): Promise<Response>;
  /** Creates a submittable opportunity with a solution and gives its id. */
  draft(input?: Partial<CreateOpportunityRequest>): Promise<string>;
  /** The same, submitted. */
  submitted(): Promise<string>;
}

/** Everything that AWS wants before it takes a submission. */
export const completeInput = {
  Catalog: "Sandbox",
  Origin: "Partner Referral",
  OpportunityType: "Net New Business",
  NationalSecurity: "No",
  PartnerOpportunityIdentifier: "crm-1",
  PrimaryNeedsFromAws: ["Co-Sell - Architectural Validation"],
  Customer: {
    Account: {
      CompanyName: "Example Retail",
      Industry: "Retail",
      WebsiteUrl: "https://retail.example.com",
      Address: { CountryCode: "US", PostalCode: "10001", StateOrRegion: "New York", City: "New York" },
    },
    Contacts: [{ Email: "buyer@example.com", FirstName: "Bea", LastName: "Buyer", Phone: "+14155550100" }],
  },
  LifeCycle: { Stage: "Qualified", TargetCloseDate: "2026-12-31", NextSteps: "Call on Monday" },
  Marketing: { Source: "None" },
  Project: {
    Title: "Move the shop",
    CustomerBusinessProblem: "The shop's data centre closes at the end of the year.",
    CustomerUseCase: "Migration/Database Migration",
    DeliveryModels: ["SaaS or PaaS"],
    SalesActivities: ["Initialized discussions with customer"],
    ExpectedCustomerSpend: [{ Amount: "2500.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
  },
} satisfies Partial<CreateOpportunityRequest>;

/** Starts one. The clock stands still at 2026-01-15T09:00:00Z. */
export async function emulatePartnerCentral(
  settings: Partial<PartnerCentralSettings> = {},
  hooks: EmulatorHooks = {},
): Promise<EmulatedPartnerCentral> {
  const clock = manualClock(Date.parse("2026-01-15T09:00:00Z"));
  const running = await startPartnerCentral({ clock, settings, hooks });
  const clients: PartnerCentralSelling[] = [];
  const clientOf: EmulatedPartnerCentral["clientOf"] = ({ accessKeyId = "AKIACOSELLPARTNERONE", maxAttempts = 1 }) => {
    const client = new PartnerCentralSelling({
      endpoint: running.url,
      region: "us-east-1",
      credentials: { accessKeyId, secretAccessKey: "not checked" },
      maxAttempts,
    });
    clients.push(client);
    return client;
  };
  const client = clientOf({});
  const draft: EmulatedPartnerCentral["draft"] = async (input = {}) => {
    const { Id } = await client.createOpportunity({ ...completeInput, ...input });
    const id = Id ?? "";
    const related = { RelatedEntityType: "Solutions", RelatedEntityIdentifier: "S-0001111" } as const;
    await client.associateOpportunity({ Catalog: "Sandbox", OpportunityIdentifier: id, ...related });
    return id;
  };
  return {
    ...running,
    clock,
    client,
    clientOf,
    post: (operation, body, headers = {}) =>
      fetch(`${running.url}/${operation}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    draft,
    submitted: async () => {
      const id = await draft();
      await client.submitOpportunity({ Catalog: "Sandbox", Identifier: id, InvolvementType: "Co-Sell" });
      return id;
    },
    close: async () => {
      for (const open of clients) open.destroy();
      await running.close();
    },
  };
}

/** The body of an update that changes nothing but what `change` makes of it: read, echo, overlay. */
export async function echoOf(world: EmulatedPartnerCentral, id: string): Promise<JsonObject> {
  const response = await world.post("GetOpportunity", { Catalog: "Sandbox", Identifier: id });
  const { Id, ...rest } = (await response.json()) as JsonObject & { Id: string };
  return { ...rest, Identifier: Id };
}
