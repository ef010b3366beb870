import type { EmulatorRequest } from "../../kernel/index.ts";
import type { RouteHandler } from "./context.ts";
import { listArchived, listRecords } from "./list-routes.ts";
import { deleteRecord, getRecord, mergeTwo, patchRecord, postRecord } from "./record-routes.ts";
import { listFields, listFieldsOfOne, listPipelines, listStages } from "./schema-routes.ts";
import { searchRecords } from "./search-routes.ts";
import { getMe, getUser, listUsers } from "./user-routes.ts";

/** One address of the API. */
interface Route {
  /** What it does; fault rules and the request log put the object before it: `deals.update`. */
  readonly action: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** What a call costs of the day's budget (Pipedrive, "Rate limiting", and the specification's `x-token-cost`). */
  readonly cost: number;
  readonly handler: RouteHandler;
}

/** The route of a call with the variable parts of its path. */
export interface RouteMatch extends Route {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const object = "(?<object>deals|persons|organizations)";
const id = "(?<id>[^/]+)";
const fields = "(?<fields>dealFields|personFields|organizationFields)";

/** Every address that the emulator serves. The first that fits is taken, so fixed words stand before variable ones. */
const routes: readonly Route[] = [
  route("search", "GET", 2, `/${object}/search`, 20, searchRecords),
  route("listArchived", "GET", 2, "/(?<object>deals)/archived", 20, listArchived),
  route("list", "GET", 2, `/${object}`, 10, listRecords),
  route("create", "POST", 2, `/${object}`, 5, postRecord),
  route("get", "GET", 2, `/${object}/${id}`, 1, getRecord),
  route("update", "PATCH", 2, `/${object}/${id}`, 5, patchRecord),
  route("delete", "DELETE", 2, `/${object}/${id}`, 3, deleteRecord),
  route("merge", "PUT", 1, `/${object}/${id}/merge`, 40, mergeTwo),
  route("listFields", "GET", 2, `/${fields}`, 10, listFields),
  route("listFields", "GET", 1, `/${fields}`, 20, listFieldsOfOne),
  route("listPipelines", "GET", 2, "/pipelines", 5, listPipelines),
  route("listStages", "GET", 2, "/stages", 5, listStages),
  route("getMe", "GET", 1, "/users/me", 2, getMe),
  route("listUsers", "GET", 1, "/users", 20, listUsers),
  route("getUser", "GET", 1, `/users/${id}`, 2, getUser),
];

/** The route of a call; `undefined` for an address that leads nowhere. */
export function routeOf({ method, path }: Pick<EmulatorRequest, "method" | "path">): RouteMatch | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (!match) continue;
    const parameters = { ...match.groups };
    const about = parameters["object"] ?? parameters["fields"];
    return { ...route, operation: about === undefined ? route.action : `${about}.${route.action}`, parameters };
  }
  return undefined;
}

/** Where tokens are given: the only door without a token. */
export function isTokenDoor({ method, path }: Pick<EmulatorRequest, "method" | "path">): boolean {
  return method === "POST" && path === "/oauth/token";
}

/** Version 2 stands under `/api/v2` alone; version 1 under `/v1` too. */
function route(
  action: string,
  method: string,
  version: 1 | 2,
  path: string,
  cost: number,
  handler: RouteHandler,
): Route {
  const root = version === 2 ? "/api/v2" : "(?:/api)?/v1";
  return { action, method, pattern: new RegExp(`^${root}${path}/?$`), cost, handler };
}
