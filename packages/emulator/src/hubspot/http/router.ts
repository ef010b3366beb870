import type { EmulatorRequest } from "../../kernel/index.ts";
import { accountDetails, getOwner, listOwners } from "./account-routes.ts";
import {
  associationLabels,
  batchArchiveAssociations,
  batchAssociateDefault,
  batchCreateAssociations,
  batchReadAssociations,
  deleteAssociation,
  putAssociation,
  putDefaultAssociation,
} from "./association-routes.ts";
import { batchArchive, batchCreate, batchRead, batchUpdate, batchUpsert } from "./batch-routes.ts";
import type { RouteHandler } from "./context.ts";
import {
  deleteRecord,
  getRecord,
  listRecords,
  mergeTwo,
  patchRecord,
  postRecord,
  searchRecords,
} from "./object-routes.ts";
import { getPipeline, getProperty, listPipelines, listProperties } from "./schema-routes.ts";

/** One address of the API. */
interface Route {
  /** What it does; fault rules and the request log put the object before it: `deals.batchUpdate`. */
  readonly action: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: RouteHandler;
}

/** The route of a call with the variable parts of its path. */
export interface RouteMatch extends Route {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Dated versions, and the numbered ones that end: of an object `/crm/objects/2026-09/deals` and `/crm/v3/objects/deals`. */
const families = {
  objects: "/crm/(?:objects/\\d{4}-\\d\\d|v3/objects)",
  associations: "/crm/(?:associations/\\d{4}-\\d\\d|v[34]/associations)",
  objectsOrV4: "/crm/(?:objects/\\d{4}-\\d\\d|v[34]/objects)",
  properties: "/crm/(?:properties/\\d{4}-\\d\\d|v3/properties)",
  pipelines: "/crm/(?:pipelines/\\d{4}-\\d\\d|v3/pipelines)",
  owners: "/crm/(?:owners/\\d{4}-\\d\\d|v3/owners)",
  account: "/account-info/(?:\\d{4}-\\d\\d|v3)",
} as const;

/** Every address that the emulator serves. The first that fits is taken, so fixed words stand before variable ones. */
const routes: readonly Route[] = [
  route("search", "POST", "objects", "/:object/search", searchRecords),
  route("merge", "POST", "objects", "/:object/merge", mergeTwo),
  route("batchRead", "POST", "objects", "/:object/batch/read", batchRead),
  route("batchCreate", "POST", "objects", "/:object/batch/create", batchCreate),
  route("batchUpdate", "POST", "objects", "/:object/batch/update", batchUpdate),
  route("batchUpsert", "POST", "objects", "/:object/batch/upsert", batchUpsert),
  route("batchArchive", "POST", "objects", "/:object/batch/archive", batchArchive),
  route("list", "GET", "objects", "/:object", listRecords),
  route("create", "POST", "objects", "/:object", postRecord),
  route("get", "GET", "objects", "/:object/:id", getRecord),
  route("update", "PATCH", "objects", "/:object/:id", patchRecord),
  route("archive", "DELETE", "objects", "/:object/:id", deleteRecord),
  route("associate", "PUT", "objectsOrV4", "/:object/:id/associations/default/:to/:toId", putDefaultAssociation),
  route("associate", "PUT", "objectsOrV4", "/:object/:id/associations/:to/:toId", putAssociation),
  route("dissociate", "DELETE", "objectsOrV4", "/:object/:id/associations/:to/:toId", deleteAssociation),
  route("batchReadAssociations", "POST", "associations", "/:from/:to/batch/read", batchReadAssociations),
  route("batchCreateAssociations", "POST", "associations", "/:from/:to/batch/create", batchCreateAssociations),
  route("batchCreateAssociations", "POST", "associations", "/:from/:to/batch/associate/default", batchAssociateDefault),
  route("batchArchiveAssociations", "POST", "associations", "/:from/:to/batch/archive", batchArchiveAssociations),
  route("listAssociationLabels", "GET", "associations", "/:from/:to/labels", associationLabels),
  route("listProperties", "GET", "properties", "/:object", listProperties),
  route("getProperty", "GET", "properties", "/:object/:name", getProperty),
  route("listPipelines", "GET", "pipelines", "/:object", listPipelines),
  route("getPipeline", "GET", "pipelines", "/:object/:id", getPipeline),
  route("listOwners", "GET", "owners", "", listOwners),
  route("getOwner", "GET", "owners", "/:id", getOwner),
  route("getAccount", "GET", "account", "/details", accountDetails),
];

/** The route of a call; `undefined` for an address that leads nowhere. */
export function routeOf({ method, path }: Pick<EmulatorRequest, "method" | "path">): RouteMatch | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (!match) continue;
    const parameters = decoded(match.groups ?? {});
    const object = parameters["object"] ?? parameters["from"];
    return { ...route, operation: object === undefined ? route.action : `${object}.${route.action}`, parameters };
  }
  return undefined;
}

/** Where tokens are given: the only door without a token. */
export function isTokenDoor({ method, path }: Pick<EmulatorRequest, "method" | "path">): boolean {
  return method === "POST" && /^\/oauth\/(?:\d{4}-\d\d|v[13])\/token\/?$/.test(path);
}

function route(
  action: string,
  method: string,
  family: keyof typeof families,
  path: string,
  handler: RouteHandler,
): Route {
  const variable = path.replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return { action, method, pattern: new RegExp(`^${families[family]}${variable}/?$`), handler };
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        // A broken escape stays as it is: the record will not be found.
        return [name, value];
      }
    }),
  );
}
