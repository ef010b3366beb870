import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { Problem } from "../problem.ts";
import { countryCode } from "./countries.ts";
import type { ScalarStep } from "./step.ts";

/** Longer texts are not one phone number, and would only cost time. */
const longest = 60;

/**
 * A phone number as AWS takes it, `+14155550100`, without extension. A number without `+` is read as one of `country`
 * (name or code): `{ phone: { country: { from: Account.BillingCountry } } }`.
 */
export const phone: ScalarStep = {
  takes: "text",
  gives: "text",
  arguments: { country: "optional" },
  prepare({ country }) {
    const home = homeOf(country);
    return (text) => {
      const parsed = text.length > longest ? undefined : parsePhoneNumberFromString(text, home);
      if (parsed?.isPossible() === true) return parsed.number;
      return new Problem(
        "bad-phone",
        "is not a phone number: write it with + and the country's code, such as +1 415 555 0100",
      );
    };
  },
};

function homeOf(country: string | undefined): CountryCode | undefined {
  const code = country === undefined ? undefined : countryCode(country);
  return code !== undefined && isSupportedCountry(code) ? code : undefined;
}
