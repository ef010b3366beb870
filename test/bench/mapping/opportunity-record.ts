// Types and not interfaces: TypeScript takes only types for the JSON objects that they are.

/** A field that may not be filled in: null, or an empty text. */
type Maybe<T> = T | null;

export type AccountRecord = {
  readonly Name: Maybe<string>;
  readonly Industry: Maybe<string>;
  readonly Website: Maybe<string>;
  readonly AWS_Account_Id__c: Maybe<string>;
  readonly DunsNumber: Maybe<string>;
  readonly BillingStreet: Maybe<string>;
  readonly BillingCity: Maybe<string>;
  readonly BillingState: Maybe<string>;
  readonly BillingPostalCode: Maybe<string>;
  readonly BillingCountryCode: Maybe<string>;
  readonly ShippingCountryCode: Maybe<string>;
};

export type ContactRecord = {
  readonly Email: Maybe<string>;
  readonly FirstName: Maybe<string>;
  readonly LastName: string;
  readonly Title: Maybe<string>;
  readonly Phone: Maybe<string>;
};

/** An opportunity with its relations, as a query of Salesforce answers it. */
export type OpportunityRecord = {
  readonly attributes: { readonly type: string; readonly url: string };
  readonly Id: string;
  readonly Name: string;
  readonly Type: Maybe<string>;
  readonly StageName: string;
  readonly CloseDate: string;
  readonly Amount: Maybe<number>;
  /** Only an org with several currencies has it. */
  readonly CurrencyIsoCode?: string;
  readonly NextStep: Maybe<string>;
  readonly Description: Maybe<string>;
  readonly Loss_Reason__c: Maybe<string>;
  readonly AWS_Monthly_Spend__c: Maybe<number>;
  readonly AWS_Business_Problem__c: Maybe<string>;
  readonly AWS_Use_Case__c: Maybe<string>;
  readonly AWS_Primary_Needs__c: Maybe<string>;
  readonly AWS_Delivery_Models__c: Maybe<string>;
  readonly AWS_Sales_Activities__c: Maybe<string>;
  readonly AWS_Competitor__c: Maybe<string>;
  readonly CampaignId: Maybe<string>;
  readonly Campaign: Maybe<{ readonly Name: string }>;
  readonly Account: Maybe<AccountRecord>;
  readonly Owner: { readonly Email: string; readonly FirstName: Maybe<string>; readonly LastName: string };
  readonly OpportunityContactRoles: Maybe<{
    readonly totalSize: number;
    readonly records: readonly { readonly Role: Maybe<string>; readonly Contact: ContactRecord }[];
  }>;
};
