import { field } from "./field.ts";
import type { FieldDefinition } from "./field.ts";
import type { ObjectDefinition } from "./object.ts";

/** What an administrator has switched on. An org without them has neither the fields nor the objects that come with them. */
export interface OrgFeatures {
  /** An object with record types has a `RecordTypeId`. */
  readonly recordTypes: readonly RecordTypeSetting[];
  /** More than none: the org has several currencies, the first is the corporate one, and records have a `CurrencyIsoCode`. */
  readonly currencies: readonly CurrencySetting[];
}

/** One record type of an object. */
export interface RecordTypeSetting {
  /** `Opportunity` */
  readonly object: string;
  /** The name that does not change: `New_Business`. */
  readonly developerName: string;
  /** @defaultValue the developer name with blanks */
  readonly label?: string;
  /** New records that do not say are of this type. Without any such type they are of none. @defaultValue false */
  readonly isDefault?: boolean;
  /** The values that its records take, by picklist; a picklist that is not named takes all. `StageName` is the sales process. */
  readonly picklists?: Readonly<Record<string, readonly string[]>>;
}

/** One active currency. */
export interface CurrencySetting {
  /** `EUR` */
  readonly isoCode: string;
  /** How many of it are one of the corporate currency. @defaultValue 1 */
  readonly conversionRate?: number;
}

const withRecordTypes: ReadonlySet<string> = new Set(["Account", "Contact", "Lead", "Opportunity"]);
const withCurrency: ReadonlySet<string> = new Set(["Account", "Campaign", "Contact", "Lead", "Opportunity"]);

/** Can the object have record types here? */
export function carriesRecordTypes(object: string): boolean {
  return withRecordTypes.has(object);
}

/** An object with the fields of the features that are on; `whole`: of all there are. */
export function withFeatures(
  object: ObjectDefinition,
  { recordTypes, currencies }: OrgFeatures,
  whole: boolean,
): ObjectDefinition {
  const hasTypes = whole || recordTypes.some((type) => type.object === object.name);
  const hasCurrency = whole || currencies.length > 0;
  return {
    ...object,
    fields: [
      ...object.fields,
      ...(hasTypes && withRecordTypes.has(object.name) ? [recordTypeField] : []),
      ...(hasCurrency && withCurrency.has(object.name) ? [currencyField(currencies)] : []),
    ],
  };
}

const recordTypeField = field("reference", "RecordTypeId", {
  label: "Record Type ID",
  reference: { object: "RecordType", relationship: "RecordType" },
});

function currencyField(currencies: readonly CurrencySetting[]): FieldDefinition {
  const codes = currencies.map(({ isoCode }) => isoCode);
  const [corporate] = codes;
  return field("picklist", "CurrencyIsoCode", {
    label: "Currency ISO Code",
    length: 255,
    required: true,
    picklist: codes,
    restricted: true,
    ...(corporate !== undefined && { defaultValue: corporate }),
  });
}
