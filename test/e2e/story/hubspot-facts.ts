import type { Comparable, RecordFacts } from "./story-crm.ts";
import { industryAtAws, stageAtAws, typeAtAws } from "./hubspot-words.ts";

type Values = Readonly<Record<string, string | null>>;

/** A record as the portal holds it; those that were archived or merged away are there too. */
interface HeldRecord {
  readonly id: string;
  readonly properties: Values;
  readonly archived: boolean;
  /** The record that took its place. */
  readonly mergedInto?: string;
}

/** Everything that a portal holds. */
export interface HeldPortal {
  readonly objects: Readonly<Record<string, readonly HeldRecord[]>>;
  readonly associations: readonly {
    readonly from: string;
    readonly fromId: string;
    readonly to: string;
    readonly toId: string;
    readonly typeId: number;
  }[];
  readonly owners: readonly { readonly id: string; readonly email: string }[];
}

/** What says that a company is the deal's primary one, among the ways in which a deal has companies. */
const primaryCompany = 5;
/** People in the portal see days of New York. */
const day = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York", dateStyle: "short" });

/** A portal's deals in AWS's terms, out of everything that the portal holds. */
export function hubspotFacts({ objects, associations, owners }: HeldPortal): readonly RecordFacts[] {
  const byId = (object: string): ReadonlyMap<string, Values> =>
    new Map((objects[object] ?? []).filter(({ archived }) => !archived).map(({ id, properties }) => [id, properties]));
  const [companies, contacts] = [byId("companies"), byId("contacts")];
  const emails = new Map(owners.map(({ id, email }) => [id, email]));
  const ofDeals = Map.groupBy(
    associations.filter(({ from }) => from === "deals"),
    ({ fromId }) => fromId,
  );
  return (objects["deals"] ?? []).map((deal) => {
    const own = ofDeals.get(deal.id) ?? [];
    const company = own.find(({ typeId }) => typeId === primaryCompany)?.toId ?? "";
    const people = own
      .filter(({ to }) => to === "contacts")
      .map(({ toId }) => contacts.get(toId))
      .filter((person) => person !== undefined);
    return factsOf(deal, companies.get(company), people, emails.get(deal.properties["hubspot_owner_id"] ?? ""));
  });
}

function factsOf(
  { id, properties: deal, archived, mergedInto }: HeldRecord,
  company: Values | undefined,
  people: readonly Values[],
  ownerEmail: string | undefined,
): RecordFacts {
  const name = deal["dealname"] ?? "";
  return {
    ref: id,
    deleted: archived,
    title: name,
    shared: deal["aws_cosell"] === "true",
    closed: deal["hs_is_closed"] === "true",
    // What was merged away speaks for itself no more.
    opportunityId: mergedInto === undefined ? text(deal["aws_opportunity_id"]) : null,
    sent: {
      PartnerOpportunityIdentifier: id,
      ...dealAtAws(deal),
      ...(company === undefined ? {} : companyAtAws(company, people, name)),
      ...(ownerEmail === undefined ? {} : { "Assignee.Email": ownerEmail }),
    },
    shown: {
      "LifeCycle.ReviewStatus": text(deal["aws_review_status"]),
      "LifeCycle.ReviewComments": text(deal["aws_review_comments"]),
      "Summary.LifeCycle.Stage": text(deal["aws_seller_stage"]),
    },
  };
}

function dealAtAws(deal: Values): Readonly<Record<string, Comparable>> {
  const [spend, amount] = [text(deal["aws_monthly_spend"]), text(deal["amount"])];
  const yearly = amount === null ? null : Math.round((Number(amount) / 12) * 100) / 100;
  const [stage, closes] = [deal["dealstage"] ?? "", text(deal["closedate"])];
  return {
    OpportunityType: typeAtAws[deal["dealtype"] ?? ""] ?? "Net New Business",
    NationalSecurity: "No",
    PrimaryNeedsFromAws: words(deal["aws_primary_needs"]),
    "Project.CustomerBusinessProblem": text(deal["aws_business_problem"]) ?? text(deal["description"]),
    "Project.CustomerUseCase": text(deal["aws_use_case"]),
    "Project.DeliveryModels": words(deal["aws_delivery_models"]),
    "Project.SalesActivities": words(deal["aws_sales_activities"]),
    "Project.CompetitorName": text(deal["aws_competitor"]),
    "Project.AdditionalComments": text(deal["aws_additional_comments"]),
    "Project.ExpectedCustomerSpend": spend === null ? yearly : Number(spend),
    "LifeCycle.Stage": stageAtAws[stage] ?? null,
    "LifeCycle.TargetCloseDate": closes === null ? null : day.format(Date.parse(closes)),
    "LifeCycle.NextSteps": text(deal["hs_next_step"]),
    "LifeCycle.ClosedLostReason": stage === "closedlost" ? (text(deal["aws_closed_lost_reason"]) ?? "Other") : null,
    "Marketing.Source": "None",
    "RelatedEntityIdentifiers.Solutions": words(deal["aws_solutions"]),
  };
}

/** All customers of the story are in the United States. */
function companyAtAws(company: Values, people: readonly Values[], name: string): Readonly<Record<string, Comparable>> {
  return {
    "Project.Title": `${company["name"] ?? ""} - ${name}`,
    "Customer.Account.CompanyName": text(company["name"]),
    "Customer.Account.Industry": industryAtAws[company["industry"] ?? ""] ?? "Other",
    "Customer.Account.WebsiteUrl": text(company["website"]),
    "Customer.Account.Address.StreetAddress": text(company["address"]),
    "Customer.Account.Address.City": text(company["city"]),
    "Customer.Account.Address.StateOrRegion": text(company["state"]),
    "Customer.Account.Address.PostalCode": text(company["zip"]),
    "Customer.Account.Address.CountryCode": company["country"] === "United States" ? "US" : null,
    "Customer.Contacts": people.map(
      (person) => `${person["firstname"] ?? ""} ${person["lastname"] ?? ""} ${person["email"] ?? ""}`,
    ),
  };
}

const text = (value: string | null | undefined): string | null => value ?? null;
const words = (value: string | null | undefined): readonly string[] =>
  (value ?? "")
    .split(";")
    .map((word) => word.trim())
    .filter((word) => word !== "");
