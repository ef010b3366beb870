import { partnerCentralTarget } from "@cosell/partner-central";
import type { AccountRecord, ContactRecord, OpportunityRecord } from "./opportunity-record.ts";
import { industries, lossReasons, stages, types } from "./tables.ts";

/** A value that was left out or cut, as the mapping reports it. */
export interface Notice {
  readonly code: string;
  readonly target: string;
}

type Draft = Record<string, unknown>;

/** What a good programmer writes for this one job: no provenance, but bad values are noticed and left out. */
export function mapByHand(record: OpportunityRecord): { readonly payload: object; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const { Account: account } = record;
  const payload: Draft = { Origin: "Partner Referral" };
  put(payload, "PartnerOpportunityIdentifier", text(record.Id, 64, "PartnerOpportunityIdentifier", notices));
  const type = present(record.Type);
  payload["OpportunityType"] = (type !== undefined && types[type]) || "Net New Business";
  put(payload, "PrimaryNeedsFromAws", choices(record.AWS_Primary_Needs__c, needs, "PrimaryNeedsFromAws", notices));

  const customer: Draft = {};
  const customerAccount = mapAccount(account, notices);
  if (customerAccount !== undefined) customer["Account"] = customerAccount;
  const contacts = record.OpportunityContactRoles?.records.map(({ Contact }, index) =>
    mapContact(Contact, index, notices),
  );
  if (contacts !== undefined && contacts.length > 0) customer["Contacts"] = contacts;
  if (customerAccount !== undefined || customer["Contacts"] !== undefined) payload["Customer"] = customer;

  payload["Project"] = mapProject(record, notices);
  payload["LifeCycle"] = mapLifeCycle(record, notices);
  payload["Marketing"] = mapMarketing(record);
  const owner: Draft = { BusinessTitle: "OpportunityOwner" };
  put(owner, "Email", email(record.Owner.Email, "OpportunityTeam[0].Email", notices));
  put(owner, "FirstName", text(record.Owner.FirstName, 80, "OpportunityTeam[0].FirstName", notices));
  put(owner, "LastName", text(record.Owner.LastName, 80, "OpportunityTeam[0].LastName", notices));
  payload["OpportunityTeam"] = [owner];
  return { payload, notices };
}

function mapAccount(account: AccountRecord | null, notices: Notice[]): Draft | undefined {
  const at = "Customer.Account.";
  const name = present(account?.Name);
  if (name === undefined) notices.push({ code: "missing", target: `${at}CompanyName` });
  if (account === null) return undefined;
  const result: Draft = {};
  put(result, "CompanyName", text(name, 120, `${at}CompanyName`, notices));
  const given = present(account.Industry);
  if (given !== undefined) {
    const industry = industries[given] ?? "Other";
    result["Industry"] = industry;
    if (industry === "Other") put(result, "OtherIndustry", text(given, 255, `${at}OtherIndustry`, notices));
  }
  put(result, "WebsiteUrl", text(account.Website, 255, `${at}WebsiteUrl`, notices, 4));
  put(result, "AwsAccountId", formed(account.AWS_Account_Id__c, accountIds, `${at}AwsAccountId`, notices));
  put(result, "Duns", formed(account.DunsNumber, dunsNumbers, `${at}Duns`, notices));
  const address: Draft = {};
  put(address, "StreetAddress", text(account.BillingStreet, 255, `${at}Address.StreetAddress`, notices));
  put(address, "City", text(account.BillingCity, 255, `${at}Address.City`, notices));
  put(address, "PostalCode", text(account.BillingPostalCode, 20, `${at}Address.PostalCode`, notices));
  const code = present(account.BillingCountryCode) ?? account.ShippingCountryCode;
  const country = choice(code, countries, `${at}Address.CountryCode`, notices);
  put(address, "CountryCode", country);
  if (country === "US")
    put(address, "StateOrRegion", choice(account.BillingState, states, `${at}Address.StateOrRegion`, notices));
  if (!isEmpty(address)) result["Address"] = address;
  return isEmpty(result) ? undefined : result;
}

function mapContact(contact: ContactRecord, index: number, notices: Notice[]): Draft {
  const at = `Customer.Contacts[${index}].`;
  const result: Draft = {};
  put(result, "Email", email(contact.Email, `${at}Email`, notices));
  put(result, "FirstName", text(contact.FirstName, 80, `${at}FirstName`, notices));
  put(result, "LastName", text(contact.LastName, 80, `${at}LastName`, notices));
  put(result, "BusinessTitle", cut(contact.Title, 80, `${at}BusinessTitle`, notices));
  put(result, "Phone", formed(contact.Phone, phones, `${at}Phone`, notices));
  return result;
}

function mapProject(record: OpportunityRecord, notices: Notice[]): Draft {
  const project: Draft = {};
  const company = present(record.Account?.Name);
  const title = company === undefined ? record.Name : `${company} - ${record.Name}`;
  put(project, "Title", cut(title, 255, "Project.Title", notices));
  const problem = cut(
    present(record.AWS_Business_Problem__c) ?? record.Description,
    2000,
    "Project.CustomerBusinessProblem",
    notices,
  );
  put(project, "CustomerBusinessProblem", text(problem, 2000, "Project.CustomerBusinessProblem", notices, 20));
  put(project, "CustomerUseCase", choice(record.AWS_Use_Case__c, useCases, "Project.CustomerUseCase", notices));
  put(project, "DeliveryModels", choices(record.AWS_Delivery_Models__c, models, "Project.DeliveryModels", notices));
  put(
    project,
    "SalesActivities",
    choices(record.AWS_Sales_Activities__c, activities, "Project.SalesActivities", notices),
  );
  put(project, "CompetitorName", choice(record.AWS_Competitor__c, competitors, "Project.CompetitorName", notices));
  const { AWS_Monthly_Spend__c: monthly, Amount: yearly } = record;
  const cents =
    monthly !== null ? Math.round(monthly * 100) : yearly !== null ? Math.round((yearly * 100) / 12) : undefined;
  if (cents !== undefined) {
    const at = "Project.ExpectedCustomerSpend[0].";
    const spend: Draft = { Frequency: "Monthly", TargetCompany: "AWS" };
    put(spend, "Amount", formed(String(cents / 100), amounts, `${at}Amount`, notices));
    const currency = present(record.CurrencyIsoCode) ?? "USD";
    put(spend, "CurrencyCode", choice(currency, currencies, `${at}CurrencyCode`, notices));
    project["ExpectedCustomerSpend"] = [spend];
  }
  return project;
}

function mapLifeCycle(record: OpportunityRecord, notices: Notice[]): Draft {
  const lifeCycle: Draft = {};
  const stage = stages[record.StageName];
  if (stage === undefined) notices.push({ code: "not-in-table", target: "LifeCycle.Stage" });
  put(lifeCycle, "Stage", stage);
  put(lifeCycle, "TargetCloseDate", day(record.CloseDate, "LifeCycle.TargetCloseDate", notices));
  put(lifeCycle, "NextSteps", text(record.NextStep, 255, "LifeCycle.NextSteps", notices));
  if (stage === "Closed Lost") {
    const reason = present(record.Loss_Reason__c);
    lifeCycle["ClosedLostReason"] = (reason !== undefined && lossReasons[reason]) || "Other";
  }
  return lifeCycle;
}

function mapMarketing({ CampaignId, Campaign }: OpportunityRecord): Draft {
  const fromCampaign = present(CampaignId) !== undefined;
  const marketing: Draft = { Source: fromCampaign ? "Marketing Activity" : "None" };
  if (fromCampaign) put(marketing, "CampaignName", present(Campaign?.Name));
  return marketing;
}

type Given = string | null | undefined;

function present(value: Given): string | undefined {
  return value === null || value === "" ? undefined : value;
}

function put(draft: Draft, member: string, value: unknown): void {
  if (value !== undefined) draft[member] = value;
}

function isEmpty(draft: Draft): boolean {
  for (const _member in draft) return false;
  return true;
}

function text(given: Given, longest: number, target: string, notices: Notice[], shortest = 0): string | undefined {
  const value = present(given);
  if (value === undefined) return undefined;
  if (value.length >= shortest && value.length <= longest) return value;
  notices.push({ code: value.length < shortest ? "too-short" : "too-long", target });
  return undefined;
}

function cut(given: Given, longest: number, target: string, notices: Notice[]): string | undefined {
  const value = present(given);
  if (value === undefined || value.length <= longest) return value;
  notices.push({ code: "truncated", target });
  return value.slice(0, longest).trimEnd();
}

function choice(given: Given, allowed: ReadonlySet<string>, target: string, notices: Notice[]): string | undefined {
  const value = present(given);
  if (value === undefined || allowed.has(value)) return value;
  notices.push({ code: "outside-list", target });
  return undefined;
}

function choices(
  given: Given,
  allowed: ReadonlySet<string>,
  target: string,
  notices: Notice[],
): readonly string[] | undefined {
  const value = present(given);
  if (value === undefined) return undefined;
  const kept = value.split(";").filter((item, index) => {
    const known = allowed.has(item);
    if (!known) notices.push({ code: "outside-list", target: `${target}[${index}]` });
    return known;
  });
  return kept.length === 0 ? undefined : kept;
}

function formed(given: Given, form: RegExp, target: string, notices: Notice[]): string | undefined {
  const value = present(given);
  if (value === undefined || form.test(value)) return value;
  notices.push({ code: "bad-form", target });
  return undefined;
}

function email(given: Given, target: string, notices: Notice[]): string | undefined {
  return formed(text(given, 80, target, notices)?.toLowerCase(), emails, target, notices);
}

function day(given: string, target: string, notices: Notice[]): string | undefined {
  const date = new Date(given);
  // A day that no month has rolls over.
  if (!Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === given) return given;
  notices.push({ code: "bad-date", target });
  return undefined;
}

/** What AWS accepts, from the model: nobody types 249 countries. */
function valuesOf(path: string): ReadonlySet<string> {
  return new Set(partnerCentralTarget.writable.get(path)?.values);
}

function formOf(path: string): RegExp {
  return new RegExp(partnerCentralTarget.writable.get(path)?.pattern ?? "", "u");
}

const needs = valuesOf("PrimaryNeedsFromAws[]");
const useCases = valuesOf("Project.CustomerUseCase");
const models = valuesOf("Project.DeliveryModels[]");
const activities = valuesOf("Project.SalesActivities[]");
const competitors = valuesOf("Project.CompetitorName");
const currencies = valuesOf("Project.ExpectedCustomerSpend[].CurrencyCode");
const countries = valuesOf("Customer.Account.Address.CountryCode");
const states = valuesOf("Customer.Account.Address.StateOrRegion");
const accountIds = formOf("Customer.Account.AwsAccountId");
const dunsNumbers = formOf("Customer.Account.Duns");
const emails = formOf("Customer.Contacts[].Email");
const phones = formOf("Customer.Contacts[].Phone");
const amounts = formOf("Project.ExpectedCustomerSpend[].Amount");
