import { carriesRecordTypes } from "./schema/features.ts";
import type { Schema } from "./schema/schema.ts";
import type { SalesforceSettings } from "./settings.ts";

/** Settings that are lists of objects. */
const lists = ["retiredValues", "validationRules", "duplicateRules", "recordTypes", "currencies"] as const;

/** Settings come over HTTP too, as whatever JSON there is. Throws a RangeError that names the setting and what it takes. */
export function assertSettings(settings: SalesforceSettings, schema: Schema): void {
  for (const name of lists) {
    const value: unknown = settings[name];
    if (!Array.isArray(value) || value.some((one) => typeof one !== "object" || one === null)) {
      throw new RangeError(`The setting ${name} takes a list of objects.`);
    }
  }
  for (const { object, developerName } of settings.recordTypes) {
    if (!carriesRecordTypes(object) || typeof developerName !== "string") {
      throw new RangeError(
        "Each of recordTypes names its object, which is one that can have them, and its developerName.",
      );
    }
  }
  for (const { isoCode } of settings.currencies) {
    if (!/^[A-Z]{3}$/.test(isoCode)) throw new RangeError("Each of currencies has an isoCode of three capitals.");
  }
  for (const { object, name, match } of settings.duplicateRules) {
    const known = schema.objects.some((one) => one.name === object);
    if (!known || typeof name !== "string" || !Array.isArray(match) || match.length === 0) {
      throw new RangeError(
        "Each of duplicateRules names an object of the org, itself, and in match the fields that it compares.",
      );
    }
  }
}
