import type { PipedriveCompany } from "@cosell/emulator";
import type { Comparable, RecordFacts } from "./story-crm.ts";
import { closedAtAws, stageAtAws } from "./pipedrive-words.ts";

type Members = Readonly<Record<string, unknown>>;

/** A record as the company holds it; those that were deleted or merged away are there too. */
interface HeldRecord extends Members {
  readonly id: number;
  readonly is_deleted: boolean;
  /** By the keys of the company's own fields. */
  readonly custom_fields: Members;
}

/** Everything that a company holds. */
export interface HeldCompany {
  readonly records: Readonly<Record<string, readonly HeldRecord[]>>;
  readonly users: readonly { readonly id: number; readonly email: string }[];
}

/** The fields and stages of the company: what its keys and ids stand for. */
export type CompanyWords = ReturnType<PipedriveCompany["schema"]>;

/** A company's deals in AWS's terms, out of everything that the company holds. */
export function pipedriveFacts({ records, users }: HeldCompany, words: CompanyWords): readonly RecordFacts[] {
  const living = (object: string): ReadonlyMap<unknown, HeldRecord> =>
    new Map((records[object] ?? []).filter((one) => !one.is_deleted).map((one) => [one.id, one]));
  const [organizations, persons] = [living("organizations"), living("persons")];
  const emails = new Map<unknown, string>(users.map(({ id, email }) => [id, email]));
  return (records["deals"] ?? []).map((deal) => {
    const own = ownFields(deal, "deals", words);
    const organization = organizations.get(deal["org_id"]);
    const person = persons.get(deal["person_id"]);
    const ownerEmail = emails.get(deal["owner_id"]);
    const title = text(deal["title"]) ?? "";
    return {
      ref: String(deal.id),
      deleted: deal.is_deleted,
      title,
      shared: own["AWS Co-Sell"] === "Yes",
      closed: deal["status"] !== "open",
      opportunityId: text(own["AWS Opportunity Id"]),
      sent: {
        PartnerOpportunityIdentifier: String(deal.id),
        ...dealAtAws(deal, own, words),
        ...(organization === undefined
          ? {}
          : organizationAtAws(organization, ownFields(organization, "organizations", words), title)),
        "Customer.Contacts": person === undefined ? [] : [personAtAws(person)],
        ...(ownerEmail === undefined ? {} : { "Assignee.Email": ownerEmail }),
      },
      shown: {
        "LifeCycle.ReviewStatus": text(own["AWS Review Status"]),
        "LifeCycle.ReviewComments": text(own["AWS Review Comments"]),
        "Summary.LifeCycle.Stage": text(own["AWS Seller Stage"]),
      },
    };
  });
}

function dealAtAws(deal: HeldRecord, own: Members, words: CompanyWords): Readonly<Record<string, Comparable>> {
  const spend = own["AWS Monthly Spend"] as { readonly value: number } | null;
  // Nobody has said a value: Pipedrive has 0.
  const yearly = deal["value"] === 0 ? null : Math.round((Number(deal["value"]) / 12) * 100) / 100;
  const closed = closedAtAws[text(deal["status"]) ?? ""];
  return {
    OpportunityType: "Net New Business",
    NationalSecurity: "No",
    PrimaryNeedsFromAws: list(own["AWS Primary Needs"]),
    "Project.CustomerBusinessProblem": text(own["AWS Business Problem"]),
    "Project.CustomerUseCase": text(own["AWS Use Case"]),
    "Project.DeliveryModels": list(own["AWS Delivery Models"]),
    "Project.SalesActivities": list(own["AWS Sales Activities"]),
    "Project.CompetitorName": text(own["AWS Competitor"]),
    "Project.AdditionalComments": text(own["AWS Additional Comments"]),
    "Project.ExpectedCustomerSpend": spend?.value ?? yearly,
    "LifeCycle.Stage": closed ?? stageAtAws[words.stage(deal["stage_id"])?.name ?? ""] ?? null,
    "LifeCycle.TargetCloseDate": text(deal["expected_close_date"]),
    "LifeCycle.NextSteps": text(own["AWS Next Steps"]),
    "LifeCycle.ClosedLostReason": closed === "Closed Lost" ? (text(own["AWS Closed Lost Reason"]) ?? "Other") : null,
    "Marketing.Source": "None",
    "RelatedEntityIdentifiers.Solutions": (text(own["AWS Solutions"]) ?? "").split(";").filter((id) => id !== ""),
  };
}

/** All customers of the story are in the United States. */
function organizationAtAws(
  organization: HeldRecord,
  own: Members,
  title: string,
): Readonly<Record<string, Comparable>> {
  const address = (organization["address"] ?? {}) as Members;
  return {
    "Project.Title": `${text(organization["name"]) ?? ""} - ${title}`,
    "Customer.Account.CompanyName": text(organization["name"]),
    "Customer.Account.Industry": text(own["AWS Industry"]),
    "Customer.Account.WebsiteUrl": text(organization["website"]),
    "Customer.Account.Address.StreetAddress": `${text(address["street_number"]) ?? ""} ${text(address["route"]) ?? ""}`,
    "Customer.Account.Address.City": text(address["locality"]),
    "Customer.Account.Address.StateOrRegion": text(address["admin_area_level_1"]),
    "Customer.Account.Address.PostalCode": text(address["postal_code"]),
    "Customer.Account.Address.CountryCode": address["country"] === "United States" ? "US" : null,
  };
}

function personAtAws(person: HeldRecord): string {
  const emails = person["emails"] as readonly { readonly value: string; readonly primary: boolean }[];
  const name = [person["first_name"], person["last_name"]].map((part) => text(part) ?? "").join(" ");
  return `${name} ${emails.find(({ primary }) => primary)?.value ?? ""}`;
}

/** The company's own fields of a record by their names, choices as people see them. */
function ownFields({ custom_fields: values }: HeldRecord, object: string, words: CompanyWords): Members {
  return Object.fromEntries(
    words
      .object(object)
      .fields.filter(({ custom }) => custom)
      .map(({ code, name, options }) => {
        const value = values[code] ?? null;
        const labelOf = (id: unknown): string | null => options?.find((option) => option.id === id)?.label ?? null;
        if (options === undefined) return [name, value];
        return [name, Array.isArray(value) ? value.map(labelOf) : labelOf(value)];
      }),
  );
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);
