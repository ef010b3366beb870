/**
 * Postal codes as AWS checks them when an opportunity is submitted, by ISO 3166 alpha-2 code.
 * Source: AWS sample repository, PostalCodeValidations.csv and CountriesWithoutPostalCode.csv. Where AWS prints an example
 * instead of a format (Brunei, Eswatini), any code of that form is taken.
 */
const formats: readonly (readonly [pattern: string, countries: string])[] = [
  ["\\d{2}", "JM"],
  ["\\d{3}", "FO IS LS MG OM PG"],
  ["\\d{4}", "AF AL AM AT AU BD BG CC CH CV CX CY DK ET GE GL GW HT HU LI LR LU MK MZ NE NF NO NZ PH PY SJ TN ZA"],
  [
    "\\d{5}",
    "AX BA BT CU DE DO DZ EE EG ES FI FR GT GU HN HR ID IQ IT JO KE KH KR KW LA LK MA ME MH MM MN MP MX MY NA NI NP PE PK PR PW RS SD SN SS TD TH TR TW UA UY VI ZM",
  ],
  ["\\d{6}", "CN CO EC KG KZ NG PA RO SG TJ TM TT VN"],
  ["\\d{3,4}", "BH"],
  ["\\d{4,5}", "CR MV"],
  ["\\d{5}(\\d{2})?", "IL"],
  ["\\d{5}(-\\d{4})?", "US"],
  ["\\d{5}-\\d{4}", "SA"],
  ["\\d{5}(-\\d{3})?", "BR"],
  ["\\d{4}(-\\d{3})?", "PT"],
  ["\\d{2}-\\d{3}", "PL"],
  ["\\d{3} ?\\d{2}", "CZ GR SK"],
  ["\\d{3} ?\\d{3}", "IN"],
  ["\\d{3}-?\\d{4}", "JP"],
  ["(SE?-)?\\d{5}|\\d{3} \\d{2}", "SE"],
  ["(B-)?\\d{4}", "BE"],
  ["(LT-)?\\d{5}", "LT"],
  ["\\d{4} ?[A-Z]{2}", "NL"],
  ["[A-Z]\\d[A-Z] ?\\d[A-Z]\\d", "CA"],
  ["[A-Z]\\d{2} ?\\d[A-Z]\\d[A-Z]", "IE"],
  ["[A-Z]{1,2}\\d[A-Z0-9]? ?\\d[A-Z]{2}", "GB"],
  ["[A-Z]{3} ?\\d{4}", "MT"],
  ["[A-Z]{2} (\\d{2}|[A-Z]{2})", "BM"],
  ["[A-Z]{2}\\d{4}", "BN"],
  ["[A-Z]\\d{3}", "SZ"],
  ["VC\\d{4}", "VC"],
  ["4789\\d", "SM"],
  ["971\\d{2}", "GP"],
  ["972\\d{2}", "MQ"],
  ["973\\d{2}", "GF"],
  ["974\\d{2}", "RE"],
  ["976\\d{2}", "YT"],
  ["980\\d{2}", "MC"],
  ["986\\d{2}", "WF"],
  ["987\\d{2}", "PF"],
  ["988\\d{2}", "NC"],
  ["97133", "BL"],
  ["97150", "MF"],
  ["97500", "PM"],
  ["1101", "SV"],
  ["120", "VA"],
];

/** Country → the form of its postal codes: anchored, for flags `iu`. A country that is not here takes any. */
export const postalCodePatterns: ReadonlyMap<string, string> = new Map(
  formats.flatMap(([pattern, countries]) => countries.split(" ").map((country) => [country, `^(?:${pattern})$`])),
);

/** Countries in which a customer needs no postal code. */
export const countriesWithoutPostalCode: ReadonlySet<string> = new Set(
  (
    "AE AG AN AO AW BF BI BJ BO BQ BS BW BZ CF CG CI CK CM CW DJ DM ER FJ GD GH GM GQ GY HK HM KI KM KN LY ML MO MR MW NR NU " +
    "QA RW SB SC SH SL SR ST SY TF TG TK TL TO TV UG VU YE ZW"
  ).split(" "),
);

const compiled = new Map([...postalCodePatterns].map(([country, pattern]) => [country, new RegExp(pattern, "iu")]));

/** Whether AWS takes this postal code for a customer in this country. */
export function isPostalCode(country: string, postalCode: string): boolean {
  return compiled.get(country)?.test(postalCode) ?? true;
}
