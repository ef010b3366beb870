import type { FieldValue, SalesforceRecord } from "../document.ts";
import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { convertedStatus } from "../schema/lead.ts";
import { recordTypesOf } from "./record-type.ts";
import { createRecord, existing, stampOf, stamps } from "./writes.ts";

/** What a person chooses when converting a lead; what is not chosen is created. */
export interface ConvertOptions {
  readonly accountId?: string;
  readonly contactId?: string;
  /** @defaultValue true */
  readonly createOpportunity?: boolean;
  /** @defaultValue the company's name and a hyphen, as Salesforce proposes */
  readonly opportunityName?: string;
}

/** What a lead became. */
export interface ConvertedLead {
  readonly accountId: string;
  readonly contactId: string;
  readonly opportunityId: string | undefined;
}

/**
 * Converts a lead into an account, a contact and an opportunity, by Salesforce's standard mapping of their fields. Fields
 * of one name that the org has added to lead and opportunity alike are mapped too. Throws {@link SalesforceError}.
 */
export function convertLead(org: Org, id: string, options: ConvertOptions = {}): ConvertedLead {
  const schema = org.schema();
  const [lead, account, contact] = [schema.object("Lead"), schema.object("Account"), schema.object("Contact")];
  const record = existing(org, lead, id);
  if (record["IsConverted"] === true) {
    throw new SalesforceError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
  }
  // The person has seen the alert of a duplicate rule, and saves all the same.
  const create = (object: string, fields: SalesforceRecord): string =>
    createRecord(org, schema.object(object), known(org, object, fields), { allowDuplicates: true });
  const owner = { OwnerId: record["OwnerId"] ?? null };
  const accountId =
    options.accountId === undefined
      ? create("Account", { ...mapped(record, accountFields), ...owner })
      : existing(org, account, options.accountId).Id;
  const contactId =
    options.contactId === undefined
      ? create("Contact", { ...mapped(record, contactFields), AccountId: accountId })
      : existing(org, contact, options.contactId).Id;
  const opportunityId = options.createOpportunity === false ? undefined : opportunityOf();
  const stamp = stampOf(org);
  org.store.put(lead, {
    ...record,
    Status: convertedStatus,
    IsConverted: true,
    ConvertedDate: stamp.slice(0, 10),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId ?? null,
    ...stamps(stamp),
  });
  return { accountId, contactId, opportunityId };

  function opportunityOf(): string {
    const { opportunityName = `${String(record["Company"])}-` } = options;
    const opportunity = create("Opportunity", {
      ...mapped(record, [["LeadSource", "LeadSource"], ...customFields(org).map((name) => [name, name] as const)]),
      ...owner,
      Name: opportunityName.slice(0, 120),
      AccountId: accountId,
      StageName: firstStage(org),
      CloseDate: endOfQuarter(org.clock.now()),
    });
    create("OpportunityContactRole", { OpportunityId: opportunity, ContactId: contactId, IsPrimary: true });
    return opportunity;
  }
}

type FieldMap = readonly (readonly [from: string, to: string])[];

const accountFields: FieldMap = [
  ["Company", "Name"],
  ["Phone", "Phone"],
  ["Website", "Website"],
  ["Industry", "Industry"],
  ["Street", "BillingStreet"],
  ["City", "BillingCity"],
  ["State", "BillingState"],
  ["PostalCode", "BillingPostalCode"],
  ["Country", "BillingCountry"],
  ["NumberOfEmployees", "NumberOfEmployees"],
  ["AnnualRevenue", "AnnualRevenue"],
  ["CurrencyIsoCode", "CurrencyIsoCode"],
];

const contactFields: FieldMap = [
  ["FirstName", "FirstName"],
  ["LastName", "LastName"],
  ["Email", "Email"],
  ["Phone", "Phone"],
  ["Title", "Title"],
  ["CurrencyIsoCode", "CurrencyIsoCode"],
];

function mapped(record: SalesforceRecord, fields: FieldMap): SalesforceRecord {
  return Object.fromEntries(
    fields.map(([from, to]): [string, FieldValue] => [to, record[from] ?? null]).filter(([, value]) => value !== null),
  );
}

/** An administrator maps a lead's own field to the deal's of the same name and type. */
function customFields(org: Org): readonly string[] {
  const opportunity = org.schema().object("Opportunity");
  return org
    .schema()
    .object("Lead")
    .fields.filter(({ name, type }) => name.endsWith("__c") && org.schema().field(opportunity, name)?.type === type)
    .map(({ name }) => name);
}

/** Without the fields that the org does not have now. */
function known(org: Org, object: string, fields: SalesforceRecord): SalesforceRecord {
  const definition = org.schema().object(object);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => org.schema().field(definition, name)));
}

/** The first of the sales process that a new deal has. */
function firstStage(org: Org): string {
  const opportunity = org.schema().object("Opportunity");
  const type = recordTypesOf(org, opportunity).find(({ isDefault }) => isDefault === true);
  const stages = type?.picklists?.["StageName"] ?? org.schema().field(opportunity, "StageName")?.picklist;
  return stages?.[0] ?? "Prospecting";
}

/** The day that Salesforce proposes for a converted lead's deal. */
function endOfQuarter(now: number): string {
  const day = new Date(now);
  const quarter = Math.floor(day.getUTCMonth() / 3);
  return new Date(Date.UTC(day.getUTCFullYear(), quarter * 3 + 3, 0)).toISOString().slice(0, 10);
}
