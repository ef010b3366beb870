import { operationOf } from "./model/operations.ts";

/** Members of calls that a mapping knows by another name. */
const renamed: readonly (readonly [prefix: string, name: string])[] = [["AwsSubmission", "Submission"]];

const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * The place that AWS names in an `ErrorList`, in the spelling of a mapping: `customer.contacts.0.email` and
 * `/Customer/Contacts[0]/Email` become `Customer.Contacts[0].Email`. An unknown name is left as it is.
 */
export function issueTarget(fieldName: string, operation: string): string {
  const words = fieldName.split(/[.[\]/$]+/).filter((word) => word !== "");
  const names = words.filter((word) => !/^\d+$/.test(word));
  const indexes = words.filter((word) => /^\d+$/.test(word));
  const path = pathOf(names, operation) ?? pathOf(names, "CreateOpportunity");
  if (path === undefined) return fieldName;
  const placed = indexes.reduce((text, index) => text.replace("[]", `[${index}]`), path);
  const rename = renamed.find(([prefix]) => placed === prefix || placed.startsWith(`${prefix}.`));
  return rename === undefined ? placed : rename[1] + placed.slice(rename[0].length);
}

/** Tries the whole name, then without words that only wrap it (`input.Customer.Account.Industry`). */
function pathOf(names: readonly string[], operation: string): string | undefined {
  const paths = pathsOf(operation);
  for (let skipped = 0; skipped < Math.min(names.length, 3); skipped++) {
    const path = paths.get(names.slice(skipped).join(".").toLowerCase());
    if (path !== undefined) return path;
  }
  return undefined;
}

function pathsOf(operation: string): ReadonlyMap<string, string> {
  let paths = known.get(operation);
  if (paths === undefined) {
    const members = operationOf(operation)?.input ?? [];
    const list = members.filter(({ path }) => !path.endsWith("]"));
    paths = new Map(list.map(({ path }) => [path.replaceAll("[]", "").toLowerCase(), path]));
    known.set(operation, paths);
  }
  return paths;
}
