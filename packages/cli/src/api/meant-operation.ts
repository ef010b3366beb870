import { type Operation, operationOf, type Service, type ServiceName, services } from "@cosell/partner-central/model";
import { closest } from "../configuration/suggestion.ts";
import { UsageError } from "../failure/findings-error.ts";

/** An operation, and the API whose it is. */
export interface MeantOperation {
  readonly operation: Operation;
  readonly service: Service;
}

/**
 * The operation of that name. A name that one API has is that API's; of a name that both have (tags), Selling's is meant
 * unless `service` says otherwise.
 * @throws UsageError when no API has it, or not the one that is named
 */
export function operationMeant(name: string | undefined, service: ServiceName | undefined): MeantOperation {
  if (name === undefined) throw new UsageError("Name an operation; `cosell api --list` shows them all.");
  const asked = service === undefined ? [services.selling, services.account] : [services[service]];
  for (const one of asked) {
    const operation = operationOf(name, one.name);
    if (operation !== undefined) return { operation, service: one };
  }
  const where = asked.map(({ title }) => title).join(" and ");
  const other = Object.values(services).find(({ operationNames }) => operationNames.includes(name));
  if (other !== undefined) throw new UsageError(`${where} has no operation ${name}; it is one of ${other.title}.`);
  const suggestion = closest(
    name,
    asked.flatMap(({ operationNames }) => operationNames),
  );
  const have = asked.length > 1 ? "have" : "has";
  throw new UsageError(
    `${where} ${have} no operation ${name}. ${suggestion === undefined ? "See `cosell api --list`." : `Did you mean ${suggestion}?`}`,
  );
}

/** Whether the operation works in a catalog. All of Selling's do; of Account's, verifications and tags do not. */
export function hasCatalog({ operation, service }: MeantOperation): boolean {
  return service.name === "selling" || operation.input.some(({ path }) => path === "Catalog");
}
