import type { JsonObject } from "@cosell/connector";

/** A deal that AWS would take. */
export const completeDeal: JsonObject = {
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
};

/** A lead that AWS passes on. */
export const completeLead: JsonObject = {
  Customer: {
    CompanyName: "Example Bakery",
    Industry: "Retail",
    WebsiteUrl: "https://bakery.example.com",
    Address: { CountryCode: "US", PostalCode: "10001", StateOrRegion: "New York", City: "New York" },
  },
  Interactions: [
    {
      SourceType: "Event",
      SourceId: "1",
      SourceName: "Summit",
      Usecase: "Migration",
      CustomerAction: "Visited the booth",
      BusinessProblem: "The bakery's server room floods every spring.",
      Contact: { FirstName: "Bea", LastName: "Buyer", Email: "bea@bakery.example.com", BusinessTitle: "Baker" },
    },
  ],
};

/** What completes the opportunity that AWS makes of the lead. */
export const completion: JsonObject = {
  OpportunityType: "Net New Business",
  NationalSecurity: "No",
  PrimaryNeedsFromAws: ["Co-Sell - Architectural Validation"],
  LifeCycle: { Stage: "Qualified", TargetCloseDate: "2026-12-31" },
  Marketing: { Source: "None" },
  Project: {
    CustomerUseCase: "Migration/Database Migration",
    DeliveryModels: ["SaaS or PaaS"],
    SalesActivities: ["Initialized discussions with customer"],
    ExpectedCustomerSpend: [{ Amount: "900.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
  },
};

/** What was learned about the lead. */
export const learned: JsonObject = {
  QualificationStatus: "Qualified",
  Interaction: {
    SourceType: "Call",
    SourceId: "2",
    SourceName: "First call",
    Usecase: "Migration",
    CustomerAction: "Asked for an offer",
    BusinessProblem: "The bakery's server room floods every spring.",
    Contact: { FirstName: "Bea", LastName: "Buyer", Email: "bea@bakery.example.com", BusinessTitle: "Baker" },
  },
};

/** A project that partners work on together. */
export const project: JsonObject = {
  Type: "CustomerProject",
  Payload: {
    CustomerProject: {
      Customer: {
        Industry: "Retail",
        CompanyName: "Example Retail",
        WebsiteUrl: "https://retail.example.com",
        CountryCode: "US",
      },
      Project: {
        Title: "Move the shop",
        BusinessProblem: "The shop's data centre closes at the end of the year.",
        TargetCompletionDate: "2026-12-31",
      },
    },
  },
};

/** An invitation of the second partner account. */
export const invitation: JsonObject = {
  Message: "Let us do this together.",
  Receiver: { Account: { AwsAccountId: "444455556666", Alias: "Partner Two" } },
  Payload: {
    OpportunityInvitation: {
      ReceiverResponsibilities: ["Reseller"],
      Customer: {
        Industry: "Retail",
        CompanyName: "Example Retail",
        WebsiteUrl: "https://retail.example.com",
        CountryCode: "US",
      },
      Project: {
        Title: "Move the shop",
        BusinessProblem: "The shop's data centre closes at the end of the year.",
        TargetCompletionDate: "2026-12-31",
        ExpectedCustomerSpend: [{ Amount: "900.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
      },
    },
  },
};

/** The partner that the account becomes, and its profile. */
export const partner: JsonObject = {
  LegalName: "Example Partner One",
  PrimarySolutionType: "CONSULTING_SERVICES",
  AllianceLeadContact: {
    FirstName: "Ada",
    LastName: "Lead",
    Email: "ada@partnerone.example.com",
    BusinessTitle: "Alliances",
  },
};
export const profile: JsonObject = {
  DisplayName: "Example Partner One",
  Description: "We move shops.",
  WebsiteUrl: "https://partnerone.example.com",
  LogoUrl: "https://partnerone.example.com/logo.png",
  PrimarySolutionType: "CONSULTING_SERVICES",
  IndustrySegments: ["RETAIL"],
  TranslationSourceLocale: "en-US",
};

/** An invitation to connect, as CreateConnectionInvitation takes it. */
export function connectionInvitation(receiver: string): JsonObject {
  const common = { ConnectionType: "OPPORTUNITY_COLLABORATION", Message: "Let us sell.", ClientToken: "connect" };
  return { ...common, ReceiverIdentifier: receiver, Email: "ada@partnerone.example.com", Name: "Ada" };
}
