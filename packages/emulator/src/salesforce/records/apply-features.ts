import type { SalesforceRecord } from "../document.ts";
import type { Org } from "../org.ts";
import { stampOf, stamps } from "./writes.ts";

/**
 * Makes the org's records what its settings say: a record for each record type and each currency, the Organization in
 * the corporate currency, and a currency on every record that has none. What is no longer set becomes inactive.
 *
 * @param org with the whole schema
 */
export function applyFeatures(org: Org): void {
  const { recordTypes, currencies } = org.settings();
  keepRecords(
    org,
    "RecordType",
    ["SobjectType", "DeveloperName"],
    recordTypes.map(({ object, developerName, label = developerName.replaceAll("_", " ") }) => ({
      ...{ SobjectType: object, DeveloperName: developerName, Name: label },
    })),
  );
  keepRecords(
    org,
    "CurrencyType",
    ["IsoCode"],
    currencies.map(({ isoCode, conversionRate = 1 }, index) => ({
      ...{ IsoCode: isoCode, ConversionRate: conversionRate, DecimalPlaces: 2, IsCorporate: index === 0 },
    })),
  );
  const [corporate] = currencies;
  if (corporate) convert(org, corporate.isoCode);
}

function keepRecords(org: Org, name: string, key: readonly string[], wanted: readonly SalesforceRecord[]): void {
  const object = org.schema().object(name);
  const same = (one: SalesforceRecord, other: SalesforceRecord): boolean =>
    key.every((field) => one[field] === other[field]);
  const change = (record: SalesforceRecord, values: SalesforceRecord, Id: string): void => {
    if (Object.entries(values).every(([field, value]) => record[field] === value)) return;
    org.store.put(object, { ...record, ...values, ...stamps(stampOf(org)), Id });
  };
  const held = [...org.store.all(object)];
  for (const record of held) {
    if (!wanted.some((one) => same(one, record))) change(record, { IsActive: false }, record.Id);
  }
  for (const values of wanted) {
    const record = held.find((one) => same(one, values));
    const id = record?.Id ?? org.newId(object.keyPrefix);
    change(record ?? { CreatedDate: stampOf(org) }, { ...values, IsActive: true }, id);
  }
}

/** Switching several currencies on stamps no record: nothing of the deal has changed. */
function convert(org: Org, corporate: string): void {
  for (const object of org.schema().objects) {
    const [field, always] =
      object.name === "Organization" ? ["DefaultCurrencyIsoCode", true] : ["CurrencyIsoCode", false];
    if (!org.schema().field(object, field)) continue;
    for (const record of org.store.all(object)) {
      const value = record[field];
      if (value === corporate || (!always && typeof value === "string")) continue;
      org.store.put(object, { ...record, [field]: corporate });
    }
  }
}
