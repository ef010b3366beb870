import type { SalesforceRecord } from "../salesforce/document.ts";
import { recordId } from "../salesforce/records/record-id.ts";
import { contactsOf } from "./contacts.ts";
import { drawFor, shuffled } from "./draw.ts";
import { phoneNumber, placesIn } from "./places.ts";
import type { SalesAccount, SalesData } from "./sales-data.ts";

/** A customer's account with the people there. */
export interface SeedAccount {
  readonly record: SalesforceRecord & { readonly Id: string };
  readonly contacts: readonly (SalesforceRecord & { readonly Id: string })[];
}

/** How many of the 85 accounts have a flaw: about 2 % without a website, 3 % of the deals with a bad number. */
const flawed = { website: 2, phone: 4 };

/** All accounts of the data set, by name. @param stamp when they last changed */
export function seedAccounts(data: SalesData, seed: number, stamp: string): ReadonlyMap<string, SeedAccount> {
  const ids = new Map(data.accounts.map(({ account }, index) => [account, recordId("001", index + 1)]));
  const order = shuffled(data.accounts, seed, ({ account }) => account);
  const withoutWebsite = new Set(order.slice(0, flawed.website));
  const withBadPhone = new Set(order.slice(flawed.website, flawed.website + flawed.phone));
  return new Map(
    data.accounts.map((row, index) => {
      const Id = ids.get(row.account) ?? "";
      const Website = withoutWebsite.has(row) ? null : `https://www.${domainOf(row.account)}`;
      const record = { ...accountRecord(row, seed), Id, Website, SystemModstamp: stamp };
      const contacts = contactsOf(
        { id: Id, domain: domainOf(row.account), country: row.office_location, badPhone: withBadPhone.has(row) },
        { seed, stamp, firstNumber: index * 3 + 1 },
      );
      return [row.account, { record: { ...record, ParentId: ids.get(row.subsidiary_of) ?? null }, contacts }];
    }),
  );
}

function accountRecord(row: SalesAccount, seed: number): SalesforceRecord {
  const draw = drawFor(seed, `account:${row.account}`);
  const place = draw.one(placesIn(row.office_location));
  return {
    Name: row.account,
    Industry: row.sector,
    BillingStreet: place.street.replace("{number}", String(draw.between(1, 980))),
    BillingCity: place.city,
    BillingState: (draw.chance(0.5) ? place.state : place.stateCode) ?? null,
    BillingPostalCode: place.postalCode,
    BillingCountry: row.office_location,
    Phone: phoneNumber(draw.chance(0.5) ? place.phone.international : place.phone.local, draw.between(0, 99)),
    DunsNumber: draw.chance(0.4) ? digits(draw.between(0, 999_999_999), 9) : null,
    NumberOfEmployees: Number(row.employees),
    AnnualRevenue: Math.round(Number(row.revenue) * 1_000_000),
    AWS_Account_Id__c: draw.chance(0.6) ? digits(draw.between(0, 999_999_999), 12) : null,
  };
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

/** A domain under `.example`, which belongs to nobody (RFC 2606). */
function domainOf(name: string): string {
  return `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}.example`;
}
