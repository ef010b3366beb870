import type { CrmCandidate } from "./crm-candidates.ts";

/** What the CRMs of this world call what AWS asks for; the first that there is counts. Letters and digits only, small. */
interface UsualName {
  readonly target: string;
  readonly role: CrmCandidate["role"];
  readonly names: readonly string[];
}

const deal = (target: string, ...names: readonly string[]): UsualName => ({ target, role: "deal", names });
const company = (target: string, ...names: readonly string[]): UsualName => ({
  target: `Customer.Account.${target}`,
  role: "company",
  names,
});
const owner = (target: string, ...names: readonly string[]): UsualName => ({
  target: `Assignee.${target}`,
  role: "owner",
  names,
});
const contact = (target: string, ...names: readonly string[]): UsualName => ({ target, role: "contact", names });

/** Outbound, in the order in which a mapping tells them. */
export const usualNames: readonly UsualName[] = [
  deal("PartnerOpportunityIdentifier", "id", "dealid", "hsobjectid", "recordid"),
  deal("OpportunityType", "opportunitytype", "type", "dealtype"),
  deal("PrimaryNeedsFromAws", "primaryneedsfromaws", "primaryneeds"),
  company("CompanyName", "name", "companyname", "accountname"),
  company("Industry", "industry", "industrycode"),
  company("WebsiteUrl", "website", "websiteurl", "domain", "url"),
  company("AwsAccountId", "awsaccountid"),
  company("Duns", "dunsnumber", "duns"),
  company("Address.StreetAddress", "billingstreet", "street", "streetaddress", "address", "address1", "address1line1"),
  company("Address.City", "billingcity", "city", "address1city"),
  company("Address.CountryCode", "billingcountrycode", "billingcountry", "countrycode", "country", "address1country"),
  company(
    "Address.PostalCode",
    "billingpostalcode",
    "billingcode",
    "postalcode",
    "zip",
    "zipcode",
    "address1postalcode",
  ),
  company("Address.StateOrRegion", "billingstatecode", "billingstate", "state", "region", "address1stateorprovince"),
  deal("Project.CustomerBusinessProblem", "customerbusinessproblem", "businessproblem", "description"),
  deal("Project.CustomerUseCase", "customerusecase", "usecase"),
  deal("Project.DeliveryModels", "deliverymodels", "deliverymodel"),
  deal("Project.SalesActivities", "salesactivities"),
  deal("Project.CompetitorName", "competitorname", "competitor"),
  deal("Project.AdditionalComments", "additionalcomments", "comments"),
  deal("LifeCycle.Stage", "stagename", "stage", "dealstage", "salesstage"),
  deal(
    "LifeCycle.TargetCloseDate",
    "closedate",
    "targetclosedate",
    "expectedclosedate",
    "estimatedclosedate",
    "closingdate",
  ),
  deal("LifeCycle.NextSteps", "nextsteps", "nextstep", "hsnextstep"),
  deal("LifeCycle.ClosedLostReason", "closedlostreason", "lossreason", "lostreason", "reasonforloss"),
  deal("RelatedEntityIdentifiers.Solutions", "solutions", "solutionids"),
  deal("RelatedEntityIdentifiers.AwsProducts", "awsproducts", "products"),
  owner("Email", "email", "emailaddress", "internalemailaddress"),
  owner("FirstName", "firstname"),
  owner("LastName", "lastname"),
];

/** Members of `Customer.Contacts`. */
export const usualContactNames: readonly UsualName[] = [
  contact("Email", "email", "emailaddress", "emailaddress1", "workemail"),
  contact("FirstName", "firstname"),
  contact("LastName", "lastname"),
  contact("BusinessTitle", "title", "jobtitle"),
  contact("Phone", "phone", "workphone", "telephone1", "mobilephone"),
];

/** CRM fields that AWS's answers are written into, by what they are called. */
export const usualInbound: readonly { readonly source: string; readonly names: readonly string[] }[] = [
  { source: "LifeCycle.ReviewStatus", names: ["reviewstatus"] },
  { source: "LifeCycle.ReviewComments", names: ["reviewcomments"] },
  { source: "Summary.LifeCycle.Stage", names: ["sellerstage", "awsstage"] },
  { source: "Link.status", names: ["syncstatus", "linkstatus"] },
];

export const usualLinks: readonly string[] = ["awsopportunityid", "aceopportunityid", "partnercentralid"];
export const usualMarks: readonly string[] = ["awscosell", "cosell", "sharewithaws", "sendtoaws"];
export const usualMonthlySpends: readonly string[] = [
  "monthlyspend",
  "expectedmonthlyspend",
  "monthlyrevenue",
  "mrr",
  "hsmrr",
];
export const usualCurrencies: readonly string[] = ["currencyisocode", "currency", "currencycode", "dealcurrencycode"];
export const usualAmounts: readonly string[] = ["amount", "dealamount", "value", "estimatedvalue", "totalamount"];

/** The first candidate that bears one of the names, in the order of the names. Our own prefix and CRMs' suffixes do not count. */
export function findByName(
  candidates: readonly CrmCandidate[],
  role: CrmCandidate["role"],
  names: readonly string[],
): CrmCandidate | undefined {
  const eligible = candidates.filter((candidate) => candidate.role === role);
  for (const name of names) {
    const found = eligible.find(({ field }) => plainNames(field.name).includes(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `AWS_Use_Case__c` → `awsusecase` and `usecase`. */
export function plainNames(name: string): readonly string[] {
  const plain = name
    .replace(/__c$/, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
  return plain.startsWith("aws") ? [plain, plain.slice(3)] : [plain];
}
