import type { Comparable, RecordFacts } from "./story-crm.ts";
import { industryAtAws, lossAtAws, stageAtAws, typeAtAws } from "./salesforce-words.ts";

type Row = Readonly<Record<string, unknown>>;
type Org = Readonly<Record<string, readonly Row[]>>;

/** An org's opportunities in AWS's terms, out of everything that the org holds. */
export function salesforceFacts(org: Org): readonly RecordFacts[] {
  const byId = (object: string): ReadonlyMap<unknown, Row> =>
    new Map((org[object] ?? []).map((row) => [row["Id"], row]));
  const [accounts, contacts, owners] = [byId("Account"), byId("Contact"), byId("User")];
  const roles = Map.groupBy(
    (org["OpportunityContactRole"] ?? []).filter((role) => role["IsDeleted"] !== true),
    (role) => role["OpportunityId"],
  );
  return (org["Opportunity"] ?? []).map((deal) => {
    const people = (roles.get(deal["Id"]) ?? [])
      .map((role) => contacts.get(role["ContactId"]))
      .filter((person) => person !== undefined);
    return factsOf(deal, accounts.get(deal["AccountId"]), people, owners.get(deal["OwnerId"]));
  });
}

function factsOf(deal: Row, account: Row | undefined, people: readonly Row[], owner: Row | undefined): RecordFacts {
  const stage = String(deal["StageName"]);
  return {
    ref: String(deal["Id"]),
    deleted: deal["IsDeleted"] === true,
    title: String(deal["Name"]),
    shared: deal["AWS_Cosell__c"] === true,
    closed: stage.startsWith("Closed"),
    opportunityId: text(deal["AWS_Opportunity_Id__c"]),
    sent: {
      ...dealAtAws(deal, stage),
      ...(account === undefined ? {} : accountAtAws(account, people, String(deal["Name"]))),
      ...(owner === undefined ? {} : { "Assignee.Email": text(owner["Email"]) }),
    },
    shown: {
      "LifeCycle.ReviewStatus": text(deal["AWS_Review_Status__c"]),
      "LifeCycle.ReviewComments": text(deal["AWS_Review_Comments__c"]),
      "Summary.LifeCycle.Stage": text(deal["AWS_Seller_Stage__c"]),
    },
  };
}

function dealAtAws(deal: Row, stage: string): Readonly<Record<string, Comparable>> {
  const spend = deal["AWS_Monthly_Spend__c"] ?? null;
  const amount = deal["Amount"] ?? null;
  const yearly = amount === null ? null : Math.round((Number(amount) / 12) * 100) / 100;
  return {
    PartnerOpportunityIdentifier: text(deal["Id"]),
    OpportunityType: typeAtAws[String(deal["Type"])] ?? "Net New Business",
    NationalSecurity: "No",
    PrimaryNeedsFromAws: words(deal["AWS_Primary_Needs__c"]),
    "Project.CustomerBusinessProblem": text(deal["AWS_Business_Problem__c"]) ?? text(deal["Description"]),
    "Project.CustomerUseCase": text(deal["AWS_Use_Case__c"]),
    "Project.DeliveryModels": words(deal["AWS_Delivery_Models__c"]),
    "Project.SalesActivities": words(deal["AWS_Sales_Activities__c"]),
    "Project.CompetitorName": text(deal["AWS_Competitor__c"]),
    "Project.AdditionalComments": text(deal["AWS_Additional_Comments__c"]),
    "Project.ExpectedCustomerSpend": spend === null ? yearly : Number(spend),
    "LifeCycle.Stage": stageAtAws[stage] ?? null,
    "LifeCycle.TargetCloseDate": text(deal["CloseDate"]),
    "LifeCycle.NextSteps": text(deal["NextStep"]),
    "LifeCycle.ClosedLostReason":
      stage === "Closed Lost" ? (lossAtAws[String(deal["Loss_Reason__c"])] ?? "Other") : null,
    "Marketing.Source": "None",
    "RelatedEntityIdentifiers.Solutions": words(deal["AWS_Solutions__c"]),
  };
}

/** All customers of the story are in the United States. */
function accountAtAws(account: Row, people: readonly Row[], name: string): Readonly<Record<string, Comparable>> {
  return {
    "Project.Title": `${String(account["Name"])} - ${name}`,
    "Customer.Account.CompanyName": text(account["Name"]),
    "Customer.Account.Industry": industryAtAws[String(account["Industry"])] ?? "Other",
    "Customer.Account.WebsiteUrl": text(account["Website"]),
    "Customer.Account.Address.StreetAddress": text(account["BillingStreet"]),
    "Customer.Account.Address.City": text(account["BillingCity"]),
    "Customer.Account.Address.StateOrRegion": text(account["BillingState"]),
    "Customer.Account.Address.PostalCode": text(account["BillingPostalCode"]),
    "Customer.Account.Address.CountryCode": account["BillingCountry"] === "United States" ? "US" : null,
    "Customer.Contacts": people.map(
      (person) =>
        `${String(person["FirstName"])} ${String(person["LastName"])} ${String(person["Email"]).toLowerCase()}`,
    ),
  };
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const words = (value: unknown): readonly string[] =>
  (text(value) ?? "")
    .split(";")
    .map((word) => word.trim())
    .filter((word) => word !== "");
