import type { Salesforce } from "@cosell/emulator";

type Fields = Parameters<Salesforce["create"]>[1];

/** One deal with an account and a contact, ready to be submitted; `fields` are laid over it. Returns the record's id. */
export function createReadyDeal(org: Pick<Salesforce, "create">, fields: Fields = {}): string {
  const account = org.create("Account", {
    Name: "Globex",
    Industry: "Retail",
    Website: "https://www.globex.example",
    BillingStreet: "1 Main Street",
    BillingCity: "Austin",
    BillingState: "Texas",
    BillingPostalCode: "78701",
    BillingCountry: "United States",
  });
  const contact = org.create("Contact", {
    AccountId: account,
    FirstName: "Ann",
    LastName: "Lee",
    Email: "ann.lee@globex.example",
    Phone: "+15125550123",
  });
  const deal = org.create("Opportunity", {
    Name: "Data platform",
    AccountId: account,
    StageName: "Qualification",
    CloseDate: "2027-03-31",
    Amount: 120000,
    NextStep: "Send the proposal",
    AWS_Cosell__c: true,
    AWS_Monthly_Spend__c: 12500,
    AWS_Use_Case__c: "Storage & Backup",
    AWS_Delivery_Models__c: "SaaS or PaaS",
    AWS_Solutions__c: "S-0001111",
    AWS_Primary_Needs__c: "Co-Sell - Deal Support",
    AWS_Sales_Activities__c: "Conducted POC / Demo",
    AWS_Business_Problem__c: "The customer cannot see its stock across shops.",
    ...fields,
  });
  org.create("OpportunityContactRole", { OpportunityId: deal, ContactId: contact, Role: "Decision Maker" });
  return deal;
}
