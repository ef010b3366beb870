import { isJsonObject } from "./json.ts";

/**
 * Settings with a change laid over them. Only settings that exist can be changed, to a value of the same kind; null fits
 * where a number may be missing. Throws a RangeError that names the setting and what it takes.
 */
export function mergeSettings<Settings extends object>(
  settings: Settings,
  change: unknown,
  choices: Readonly<Record<string, readonly string[]>> = {},
): Settings {
  if (!isJsonObject(change)) throw new RangeError("Settings must be a JSON object.");
  for (const [name, value] of Object.entries(change)) {
    if (!Object.hasOwn(settings, name)) {
      throw new RangeError(`There is no setting ${name}. Known: ${Object.keys(settings).join(", ")}.`);
    }
    const wanted = kindOf((settings as Readonly<Record<string, unknown>>)[name]);
    if (kindOf(value) !== wanted) throw new RangeError(`The setting ${name} takes a value of kind ${wanted}.`);
    const words = choices[name];
    if (words && !words.includes(value as string)) {
      throw new RangeError(`The setting ${name} takes one of ${words.join(", ")}.`);
    }
  }
  return { ...settings, ...(change as Partial<Settings>) };
}

function kindOf(value: unknown): string {
  if (value === null) return "number";
  return Array.isArray(value) ? "list" : typeof value;
}
