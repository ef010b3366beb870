import {
  choice,
  choices,
  cut,
  day,
  email,
  formed,
  formOf,
  present,
  text,
  valuesOf,
  type Notice,
} from "./hand-checks.ts";
import type { AccountRecord, ContactRecord, OpportunityRecord } from "./opportunity-record.ts";
import type { Account, Address, Contact, LifeCycle, Marketing, Opportunity, Project, Spend } from "./opportunity.ts";
import { industries, lossReasons, stages, types } from "./tables.ts";

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
const phones = formOf("Customer.Contacts[].Phone");
const amounts = formOf("Project.ExpectedCustomerSpend[].Amount");

/** The floor: what a good programmer writes for this one job. No provenance; bad values are left out and noticed. */
export function mapByHand(record: OpportunityRecord): { readonly payload: Opportunity; readonly notices: Notice[] } {
  const notices: Notice[] = [];
  const payload: Opportunity = { Origin: "Partner Referral", OpportunityType: typeOf(record.Type) };
  const identifier = text(record.Id, 64, "PartnerOpportunityIdentifier", notices);
  if (identifier !== undefined) payload.PartnerOpportunityIdentifier = identifier;
  const primaryNeeds = choices(record.AWS_Primary_Needs__c, needs, "PrimaryNeedsFromAws[]", notices);
  if (primaryNeeds !== undefined) payload.PrimaryNeedsFromAws = primaryNeeds;
  const account = mapAccount(record.Account, notices);
  if (account !== undefined) payload.Customer = { Account: account };
  const roles = record.OpportunityContactRoles?.records;
  if (roles !== undefined && roles.length > 0) {
    payload.Customer ??= {};
    payload.Customer.Contacts = roles.map((role) => mapContact(role.Contact, notices));
  }
  payload.Project = mapProject(record, notices);
  const lifeCycle = mapLifeCycle(record, notices);
  if (!isEmpty(lifeCycle)) payload.LifeCycle = lifeCycle;
  payload.Marketing = mapMarketing(record);
  payload.OpportunityTeam = [mapOwner(record.Owner, notices)];
  return { payload, notices };
}

function typeOf(given: string | null): string {
  const type = present(given);
  return (type !== undefined && types[type]) || "Net New Business";
}

function mapAccount(account: AccountRecord | null, notices: Notice[]): Account | undefined {
  const given = present(account?.Name);
  if (given === undefined) notices.push({ code: "missing", target: "Customer.Account.CompanyName" });
  if (account === null) return undefined;
  const result: Account = {};
  const name = text(given, 120, "Customer.Account.CompanyName", notices);
  if (name !== undefined) result.CompanyName = name;
  const sector = present(account.Industry);
  if (sector !== undefined) {
    result.Industry = industries[sector] ?? "Other";
    if (result.Industry === "Other") {
      const other = text(sector, 255, "Customer.Account.OtherIndustry", notices);
      if (other !== undefined) result.OtherIndustry = other;
    }
  }
  const website = text(account.Website, 255, "Customer.Account.WebsiteUrl", notices, 4);
  if (website !== undefined) result.WebsiteUrl = website;
  const id = formed(account.AWS_Account_Id__c, accountIds, "Customer.Account.AwsAccountId", notices);
  if (id !== undefined) result.AwsAccountId = id;
  const duns = formed(account.DunsNumber, dunsNumbers, "Customer.Account.Duns", notices);
  if (duns !== undefined) result.Duns = duns;
  const address = mapAddress(account, notices);
  if (!isEmpty(address)) result.Address = address;
  return isEmpty(result) ? undefined : result;
}

function mapAddress(account: AccountRecord, notices: Notice[]): Address {
  const address: Address = {};
  const street = text(account.BillingStreet, 255, "Customer.Account.Address.StreetAddress", notices);
  if (street !== undefined) address.StreetAddress = street;
  const city = text(account.BillingCity, 255, "Customer.Account.Address.City", notices);
  if (city !== undefined) address.City = city;
  const postalCode = text(account.BillingPostalCode, 20, "Customer.Account.Address.PostalCode", notices);
  if (postalCode !== undefined) address.PostalCode = postalCode;
  const code = present(account.BillingCountryCode) ?? account.ShippingCountryCode;
  const country = choice(code, countries, "Customer.Account.Address.CountryCode", notices);
  if (country !== undefined) address.CountryCode = country;
  if (country !== "US") return address;
  const state = choice(account.BillingState, states, "Customer.Account.Address.StateOrRegion", notices);
  if (state !== undefined) address.StateOrRegion = state;
  return address;
}

function mapContact(contact: ContactRecord, notices: Notice[]): Contact {
  const result: Contact = {};
  const address = email(contact.Email, "Customer.Contacts[].Email", notices);
  if (address !== undefined) result.Email = address;
  const firstName = text(contact.FirstName, 80, "Customer.Contacts[].FirstName", notices);
  if (firstName !== undefined) result.FirstName = firstName;
  const lastName = text(contact.LastName, 80, "Customer.Contacts[].LastName", notices);
  if (lastName !== undefined) result.LastName = lastName;
  const title = cut(contact.Title, 80, "Customer.Contacts[].BusinessTitle", notices);
  if (title !== undefined) result.BusinessTitle = title;
  const phone = formed(contact.Phone, phones, "Customer.Contacts[].Phone", notices);
  if (phone !== undefined) result.Phone = phone;
  return result;
}

function mapProject(record: OpportunityRecord, notices: Notice[]): Project {
  const project: Project = {};
  const company = present(record.Account?.Name);
  const title = company === undefined ? record.Name : `${company} - ${record.Name}`;
  const shortTitle = cut(title, 255, "Project.Title", notices);
  if (shortTitle !== undefined) project.Title = shortTitle;
  const given = present(record.AWS_Business_Problem__c) ?? record.Description;
  const short = cut(given, 2000, "Project.CustomerBusinessProblem", notices);
  const problem = text(short, 2000, "Project.CustomerBusinessProblem", notices, 20);
  if (problem !== undefined) project.CustomerBusinessProblem = problem;
  const useCase = choice(record.AWS_Use_Case__c, useCases, "Project.CustomerUseCase", notices);
  if (useCase !== undefined) project.CustomerUseCase = useCase;
  const deliveryModels = choices(record.AWS_Delivery_Models__c, models, "Project.DeliveryModels[]", notices);
  if (deliveryModels !== undefined) project.DeliveryModels = deliveryModels;
  const done = choices(record.AWS_Sales_Activities__c, activities, "Project.SalesActivities[]", notices);
  if (done !== undefined) project.SalesActivities = done;
  const competitor = choice(record.AWS_Competitor__c, competitors, "Project.CompetitorName", notices);
  if (competitor !== undefined) project.CompetitorName = competitor;
  const spend = mapSpend(record, notices);
  if (spend !== undefined) project.ExpectedCustomerSpend = [spend];
  return project;
}

function mapSpend(record: OpportunityRecord, notices: Notice[]): Spend | undefined {
  const { AWS_Monthly_Spend__c: monthly, Amount: yearly } = record;
  if (monthly === null && yearly === null) return undefined;
  const cents = monthly === null ? Math.round((yearly ?? 0) * 100) / 12 : monthly * 100;
  const spend: Spend = { Frequency: "Monthly", TargetCompany: "AWS" };
  const amount = String(Math.round(cents) / 100);
  const fitting = formed(amount, amounts, "Project.ExpectedCustomerSpend[].Amount", notices);
  if (fitting !== undefined) spend.Amount = fitting;
  const currency = present(record.CurrencyIsoCode) ?? "USD";
  const code = choice(currency, currencies, "Project.ExpectedCustomerSpend[].CurrencyCode", notices);
  if (code !== undefined) spend.CurrencyCode = code;
  return spend;
}

function mapLifeCycle(record: OpportunityRecord, notices: Notice[]): LifeCycle {
  const lifeCycle: LifeCycle = {};
  const stage = stages[record.StageName];
  if (stage === undefined) notices.push({ code: "not-in-table", target: "LifeCycle.Stage" });
  else lifeCycle.Stage = stage;
  const closeDate = day(record.CloseDate, "LifeCycle.TargetCloseDate", notices);
  if (closeDate !== undefined) lifeCycle.TargetCloseDate = closeDate;
  const nextSteps = text(record.NextStep, 255, "LifeCycle.NextSteps", notices);
  if (nextSteps !== undefined) lifeCycle.NextSteps = nextSteps;
  if (stage !== "Closed Lost") return lifeCycle;
  const reason = present(record.Loss_Reason__c);
  lifeCycle.ClosedLostReason = (reason !== undefined && lossReasons[reason]) || "Other";
  return lifeCycle;
}

function mapMarketing({ CampaignId, Campaign }: OpportunityRecord): Marketing {
  if (present(CampaignId) === undefined) return { Source: "None" };
  const name = present(Campaign?.Name);
  return name === undefined ? { Source: "Marketing Activity" } : { Source: "Marketing Activity", CampaignName: name };
}

function mapOwner(owner: OpportunityRecord["Owner"], notices: Notice[]): Contact {
  const result: Contact = { BusinessTitle: "OpportunityOwner" };
  const address = email(owner.Email, "OpportunityTeam[].Email", notices);
  if (address !== undefined) result.Email = address;
  const firstName = text(owner.FirstName, 80, "OpportunityTeam[].FirstName", notices);
  if (firstName !== undefined) result.FirstName = firstName;
  const lastName = text(owner.LastName, 80, "OpportunityTeam[].LastName", notices);
  if (lastName !== undefined) result.LastName = lastName;
  return result;
}

function isEmpty(object: object): boolean {
  for (const _member in object) return false;
  return true;
}
