import type { JsonObject } from "@cosell/connector";

// Made-up people and companies, for the demos.

/** A deal that AWS would take. */
export const deal: JsonObject = {
  OpportunityType: "Net New Business",
  NationalSecurity: "No",
  PartnerOpportunityIdentifier: "crm-4711",
  PrimaryNeedsFromAws: ["Co-Sell - Architectural Validation"],
  Customer: {
    Account: {
      CompanyName: "Tidewater Freight",
      Industry: "Transportation and Logistics",
      WebsiteUrl: "https://tidewater.example.com",
      Address: { CountryCode: "US", PostalCode: "23510", StateOrRegion: "Virginia", City: "Norfolk" },
    },
  },
  LifeCycle: { Stage: "Qualified", TargetCloseDate: "2027-03-31", NextSteps: "Architecture review next week" },
  Marketing: { Source: "None" },
  Project: {
    Title: "Move the dispatch system",
    CustomerBusinessProblem: "The dispatch system's data centre closes in spring and cannot be extended.",
    CustomerUseCase: "Migration/Database Migration",
    DeliveryModels: ["SaaS or PaaS"],
    SalesActivities: ["Initialized discussions with customer"],
    ExpectedCustomerSpend: [{ Amount: "4200.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
  },
};

const contact = {
  FirstName: "Ines",
  LastName: "Okafor",
  Email: "ines@lanternbakery.example.com",
  BusinessTitle: "Head of IT",
};

const interaction: JsonObject = {
  SourceType: "Event",
  SourceId: "summit-7",
  SourceName: "Summit",
  Usecase: "Migration",
  CustomerAction: "Visited the booth",
  BusinessProblem: "The bakery's server room floods every spring.",
  Contact: contact,
};

/** A lead that AWS passes on. */
export const leadFromAws: JsonObject = {
  Customer: {
    CompanyName: "Lantern Bakery",
    Industry: "Retail",
    WebsiteUrl: "https://lanternbakery.example.com",
    Address: { CountryCode: "US", PostalCode: "04101", StateOrRegion: "Maine", City: "Portland" },
  },
  Interactions: [interaction],
};

/** What a first call with the lead gave. */
export const learnedOfLead: JsonObject = {
  QualificationStatus: "Qualified",
  Interaction: { ...interaction, SourceType: "Call", SourceId: "call-1", CustomerAction: "Asked for an offer" },
};

/** What the lead's opportunity needs before AWS takes it. */
export const leadCompletion: JsonObject = {
  OpportunityType: "Net New Business",
  NationalSecurity: "No",
  PrimaryNeedsFromAws: ["Co-Sell - Technical Consultation"],
  LifeCycle: { Stage: "Qualified", TargetCloseDate: "2027-03-31" },
  Marketing: { Source: "None" },
  Project: {
    CustomerUseCase: "Migration/Database Migration",
    DeliveryModels: ["SaaS or PaaS"],
    SalesActivities: ["Initialized discussions with customer"],
    ExpectedCustomerSpend: [{ Amount: "900.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
  },
};

const customer = {
  Industry: "Transportation and Logistics",
  CompanyName: "Tidewater Freight",
  WebsiteUrl: "https://tidewater.example.com",
  CountryCode: "US",
};
const work = {
  Title: "Move the dispatch system",
  BusinessProblem: "The dispatch system's data centre closes in spring and cannot be extended.",
  TargetCompletionDate: "2027-03-31",
};

/** A project that two partners work on. */
export const sharedProject: JsonObject = {
  Type: "CustomerProject",
  Payload: { CustomerProject: { Customer: customer, Project: work } },
};

/** An invitation of the other partner to it. */
export const partnerInvitation: JsonObject = {
  Message: "You know the customer's network: let us do this together.",
  Receiver: { Account: { AwsAccountId: "444455556666", Alias: "Example Partner Two" } },
  Payload: {
    OpportunityInvitation: {
      ReceiverResponsibilities: ["Reseller"],
      Customer: customer,
      Project: {
        ...work,
        ExpectedCustomerSpend: [{ Amount: "4200.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
      },
    },
  },
};
