/** What the job makes: an opportunity for Partner Central while it is put together. */
export interface Opportunity {
  PartnerOpportunityIdentifier?: string;
  Origin: string;
  OpportunityType: string;
  PrimaryNeedsFromAws?: readonly string[];
  Customer?: { Account?: Account; Contacts?: readonly Contact[] };
  Project?: Project;
  LifeCycle?: LifeCycle;
  Marketing?: Marketing;
  OpportunityTeam?: readonly Contact[];
}

export interface Account {
  CompanyName?: string;
  Industry?: string;
  OtherIndustry?: string;
  WebsiteUrl?: string;
  AwsAccountId?: string;
  Duns?: string;
  Address?: Address;
}

export interface Address {
  StreetAddress?: string;
  City?: string;
  PostalCode?: string;
  CountryCode?: string;
  StateOrRegion?: string;
}

export interface Contact {
  Email?: string;
  FirstName?: string;
  LastName?: string;
  BusinessTitle?: string;
  Phone?: string;
}

export interface Project {
  Title?: string;
  CustomerBusinessProblem?: string;
  CustomerUseCase?: string;
  DeliveryModels?: readonly string[];
  SalesActivities?: readonly string[];
  CompetitorName?: string;
  ExpectedCustomerSpend?: readonly Spend[];
}

export interface Spend {
  Amount?: string;
  CurrencyCode?: string;
  Frequency: string;
  TargetCompany: string;
}

export interface LifeCycle {
  Stage?: string;
  TargetCloseDate?: string;
  NextSteps?: string;
  ClosedLostReason?: string;
}

export interface Marketing {
  Source: string;
  CampaignName?: string;
}
