import type { JsonObject } from "../kernel/index.ts";
import { type Company, stampAt } from "./company.ts";
import type { CompanyDocument, PipedriveDocument, PipedriveRecord, PipedriveUser } from "./document.ts";
import { customFields, emptyRecord } from "./records/writes.ts";

/** A company's records to begin with: what a record does not name is empty. Custom fields may be named by their names. */
export interface CompanySeed {
  readonly records: Readonly<Record<string, readonly (JsonObject & { readonly id: number })[]>>;
  readonly users?: CompanyDocument["users"];
}

/** The user that an integration is: the first one of a company. */
const integrationUser: PipedriveUser = {
  id: 101,
  name: "Cosell Integration",
  email: "integration@example.com",
  active: true,
};

/** Replaces everything that a company holds. Throws a RangeError for an object or a field that it does not have. */
export function loadCompany(company: Company, { records, users = [] }: CompanySeed): void {
  company.store.clear();
  company.users.clear();
  for (const user of users.length > 0 ? users : [integrationUser]) company.users.set(user.id, user);
  for (const [name, rows] of Object.entries(records)) {
    const object = company.schema().objects.find((each) => each.name === name);
    if (!object) throw new RangeError(`Pipedrive has no object ${name}: correct the document.`);
    const stamp = stampAt(company.clock.now());
    for (const { custom_fields: given = {}, ...row } of rows) {
      const custom = Object.entries(given as JsonObject).map(([key, value]) => {
        const field = object.fields.find((each) => each.custom && (each.code === key || each.name === key));
        if (!field) throw new RangeError(`${name} has no field ${key}: correct the document.`);
        return [field.code, value] as const;
      });
      const record = {
        ...emptyRecord(company, object),
        ...{ add_time: stamp, update_time: stamp, is_deleted: false },
        ...row,
        custom_fields: { ...customFields(object), ...Object.fromEntries(custom) },
      } as PipedriveRecord;
      // Long before any index that lags.
      company.store.put(name, record, 0);
    }
  }
}

/** Everything that the companies hold, as {@link loadCompany} takes it. */
export function documentOf(companies: readonly Company[]): PipedriveDocument {
  return {
    companies: Object.fromEntries(
      companies.map((company) => [
        String(company.own().companyId),
        {
          records: Object.fromEntries(company.schema().objects.map(({ name }) => [name, company.store.all(name)])),
          users: [...company.users.values()],
        },
      ]),
    ),
  };
}
