import { FailureError } from "@cosell/connector";
import type { Clients } from "./clients.ts";

/** What a list of records may be asked for; the client's own names. */
export interface ListParameters {
  readonly ids?: string;
  readonly org_id?: number;
  readonly person_id?: number;
  readonly updated_since?: string;
  readonly updated_until?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** Which records a list shows: those of every day, or those that only their own list shows. */
export type Shelf = "live" | "archived" | "deleted";

/** How one record leads to another. */
export interface Relation {
  /** As paths name it: `organization`. */
  readonly path: string;
  /** The member with the other's id: `org_id`. */
  readonly via: "org_id" | "person_id" | "owner_id";
  readonly object: string;
}

/** One object of Pipedrive's CRM, with the client's calls for it. */
export interface CrmObject {
  readonly name: string;
  readonly singular: string;
  readonly label: string;
  /** The text by which people know a record: a new one needs it. */
  readonly title: string;
  readonly shelves: readonly Shelf[];
  readonly relations: readonly Relation[];
  readonly fields: (clients: Clients, page: { readonly limit: number; readonly cursor?: string }) => Promise<unknown>;
  readonly list: (clients: Clients, shelf: Shelf, parameters: ListParameters) => Promise<unknown>;
  readonly get: (clients: Clients, id: number) => Promise<unknown>;
  readonly create: (clients: Clients, body: object) => Promise<unknown>;
  readonly update: (clients: Clients, id: number, body: object) => Promise<unknown>;
  readonly search: (clients: Clients, search: SearchParameters) => Promise<unknown>;
}

export interface SearchParameters {
  readonly term: string;
  readonly exact_match: boolean;
  readonly fields: "title" | "name" | "custom_fields";
  readonly limit: number;
}

const owner: Relation = { path: "owner", via: "owner_id", object: "users" };
const organization: Relation = { path: "organization", via: "org_id", object: "organizations" };
const person: Relation = { path: "person", via: "person_id", object: "persons" };

const crmObjects: readonly CrmObject[] = [
  {
    ...{ name: "deals", singular: "deal", label: "Deal", title: "title" },
    // Archived and deleted deals stand in no other list.
    shelves: ["live", "archived", "deleted"],
    relations: [organization, person, owner],
    fields: ({ dealFields }, page) => dealFields.getDealFields(page),
    list: ({ deals }, shelf, parameters) => {
      if (shelf === "archived") return deals.getArchivedDeals(parameters);
      return deals.getDeals({ ...parameters, ...(shelf === "deleted" && { status: "deleted" }) });
    },
    get: ({ deals }, id) => deals.getDeal({ id }),
    create: ({ deals }, body) => deals.addDeal({ AddDealRequest: body as { title: string } }),
    update: ({ deals }, id, body) => deals.updateDeal({ id, UpdateDealRequest: body }),
    search: ({ deals }, { fields, ...search }) =>
      deals.searchDeals({ ...search, fields: fields === "name" ? "title" : fields }),
  },
  {
    ...{ name: "persons", singular: "person", label: "Person", title: "name" },
    shelves: ["live"],
    relations: [organization, owner],
    fields: ({ personFields }, page) => personFields.getPersonFields(page),
    list: ({ persons }, _, parameters) => persons.getPersons(parameters),
    get: ({ persons }, id) => persons.getPerson({ id }),
    create: ({ persons }, body) => persons.addPerson({ AddPersonRequest: body }),
    update: ({ persons }, id, body) => persons.updatePerson({ id, UpdatePersonRequest: body }),
    search: ({ persons }, { fields, ...search }) =>
      persons.searchPersons({ ...search, fields: fields === "title" ? "name" : fields }),
  },
  {
    ...{ name: "organizations", singular: "organization", label: "Organization", title: "name" },
    shelves: ["live"],
    relations: [owner],
    fields: ({ organizationFields }, page) => organizationFields.getOrganizationFields(page),
    list: ({ organizations }, _, parameters) => organizations.getOrganizations(parameters),
    get: ({ organizations }, id) => organizations.getOrganization({ id }),
    create: ({ organizations }, body) =>
      organizations.addOrganization({ AddOrganizationRequest: body as { name: string } }),
    update: ({ organizations }, id, body) => organizations.updateOrganization({ id, UpdateOrganizationRequest: body }),
    search: ({ organizations }, { fields, ...search }) =>
      organizations.searchOrganization({ ...search, fields: fields === "title" ? "name" : fields }),
  },
];

const objectNames: readonly string[] = [...crmObjects.map(({ name }) => name), "users"];

/** Throws `missing` for an object that the connector does not know. */
export function crmObject(name: string): CrmObject {
  const found = crmObjects.find((object) => object.name === name);
  if (found) return found;
  const message = `Pipedrive has no object '${name}' that can be synced: there are ${objectNames.join(", ")}.`;
  throw new FailureError({ kind: "missing", message });
}

/** The object that a webhook's event is about; `undefined` for others than these. */
export function objectOfEntity(entity: string): string | undefined {
  return crmObjects.find(({ singular }) => singular === entity)?.name;
}
