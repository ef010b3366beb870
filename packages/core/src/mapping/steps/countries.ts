import countries from "i18n-iso-countries/index.js";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { suggest } from "../suggest.ts";
import { normalName } from "./normal-name.ts";

/** Spellings that people use and ISO's list does not have. "Korea" alone is the country that sells and buys. */
const alsoCalled: Readonly<Record<string, string>> = {
  america: "US",
  brasil: "BR",
  deutschland: "DE",
  "democratic republic of congo": "CD",
  "dr congo": "CD",
  england: "GB",
  "great britain": "GB",
  holland: "NL",
  "hong kong sar": "HK",
  korea: "KR",
  macau: "MO",
  "northern ireland": "GB",
  "republic of ireland": "IE",
  "republic of china": "TW",
  scotland: "GB",
  swaziland: "SZ",
  "united states of america usa": "US",
  vatican: "VA",
  vietnam: "VN",
  wales: "GB",
};

const names = Object.entries(english.countries).flatMap(([code, name]) =>
  [name].flat().map((spelling) => ({ code, spelling })),
);

/** By the spelling itself, which is what most records have, and by its normal form. */
const codes: ReadonlyMap<string, string> = new Map([
  // The first country of a name keeps it: "Congo" is CG in ISO's list.
  ...names
    .toReversed()
    .flatMap(({ code, spelling }) => [[spelling, code] as const, [normalName(spelling), code] as const]),
  ...Object.entries(alsoCalled),
  ...Object.entries(countries.getAlpha3Codes()).map(([code, alpha2]) => [code.toLowerCase(), alpha2] as const),
  ...Object.keys(countries.getAlpha2Codes()).flatMap((code) => [
    [code, code] as const,
    [code.toLowerCase(), code] as const,
  ]),
]);

/** The two-letter ISO code of a country, by its code of two or three letters or its English name. */
export function countryCode(text: string): string | undefined {
  return codes.get(text) ?? codes.get(normalName(text));
}

/** The country whose name was probably meant. */
export function likelyCountry(text: string): string | undefined {
  return suggest(
    text.trim(),
    names.map(({ spelling }) => spelling),
  );
}
