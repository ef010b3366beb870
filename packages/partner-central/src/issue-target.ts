import { operationOf } from "./model/operations.ts";
import type { ServiceName } from "./model/services.ts";

/** Members of calls that a mapping knows by another name. */
const renamed: readonly (readonly [prefix: string, name: string])[] = [["AwsSubmission", "Submission"]];

const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * The place that AWS names in an `ErrorList`, in the spelling of a mapping: `customer.contacts.0.email` and
 * `/Customer/Contacts[0]/Email` become `Customer.Contacts[0].Email`. An unknown name is left as it is.
 */
export function issueTarget(fieldName: string, operation: string, service: ServiceName = "selling"): string {
  const words = fieldName.split(/[.[\]/$]+/).filter((word) => word !== "");
  const names = words.filter((word) => !/^\d+$/.test(word));
  const indexes = words.filter((word) => /^\d+$/.test(word));
  const path = pathOf(names, operation, service) ?? pathOf(names, "CreateOpportunity", service);
  if (path === undefined) return fieldName;
  const placed = indexes.reduce((text, index) => text.replace("[]", `[${index}]`), path);
  const rename = renamed.find(([prefix]) => placed === prefix || placed.startsWith(`${prefix}.`));
  return rename === undefined ? placed : rename[1] + placed.slice(rename[0].length);
}

/** Tries the whole name, then without words that only wrap it (`input.Customer.Account.Industry`). */
function pathOf(names: readonly string[], operation: string, service: ServiceName): string | undefined {
  const paths = pathsOf(operation, service);
  for (let skipped = 0; skipped < Math.min(names.length, 3); skipped++) {
    const path = paths.get(names.slice(skipped).join(".").toLowerCase());
    if (path !== undefined) return path;
  }
  return undefined;
}

function pathsOf(operation: string, service: ServiceName): ReadonlyMap<string, string> {
  const key = `${service}.${operation}`;
  let paths = known.get(key);
  if (paths === undefined) {
    const members = operationOf(operation, service)?.input ?? [];
    const list = members.filter(({ path }) => !path.endsWith("]"));
    paths = new Map(list.map(({ path }) => [path.replaceAll("[]", "").toLowerCase(), path]));
    known.set(key, paths);
  }
  return paths;
}
