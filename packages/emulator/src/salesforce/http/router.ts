import type { EmulatorRequest } from "../../kernel/index.ts";
import type { ApiUsage } from "./api-usage.ts";
import {
  createMany,
  deleteMany,
  retrieveMany,
  retrieveManyByQuery,
  updateMany,
  upsertMany,
} from "./collection-routes.ts";
import { composite } from "./composite.ts";
import type { RouteHandler } from "./context.ts";
import { describe, describeGlobal } from "./describe.ts";
import { identity, revoke, token, userinfo } from "./identity-routes.ts";
import { query, queryMore } from "./query-routes.ts";
import { picklistValues, picklistValuesOfField } from "./picklist-routes.ts";
import { create, remove, retrieve, retrieveByExternalId, update, upsert } from "./record-routes.ts";
import { deleted, updated } from "./replication-routes.ts";
import { limits, resources, versions } from "./version-routes.ts";

/** One address of the REST API. */
interface Route {
  /** As fault rules and the request log name it. */
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: RouteHandler;
  /** Answered without an access token. */
  readonly open: boolean;
}

/** The route of a call with the variable parts of its path. */
export interface RouteMatch extends Route {
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a call; `undefined` for an address that leads nowhere. */
export type Router = (request: Pick<EmulatorRequest, "method" | "path">) => RouteMatch | undefined;

/** Every address that the emulator serves. The first that fits is taken, so fixed words stand before variable ones. */
export function createRouter(usage: ApiUsage): Router {
  const routes: readonly Route[] = [
    outside("token", "POST", "/services/oauth2/token", token, true),
    outside("revoke", "POST", "/services/oauth2/revoke", revoke, true),
    outside("userinfo", "GET", "/services/oauth2/userinfo", userinfo),
    outside("identity", "GET", "/id/:organization/:user", identity),
    outside("versions", "GET", "/services/data", versions, true),
    api("resources", "GET", "", resources),
    api("limits", "GET", "/limits", limits(usage)),
    api("query", "GET", "/query", query(false)),
    api("queryAll", "GET", "/queryAll", query(true)),
    api("queryMore", "GET", "/query/:locator", queryMore),
    api("queryMore", "GET", "/queryAll/:locator", queryMore),
    api("describeGlobal", "GET", "/sobjects", describeGlobal),
    api("describe", "GET", "/sobjects/:object/describe", describe),
    api("updated", "GET", "/sobjects/:object/updated", updated),
    api("deleted", "GET", "/sobjects/:object/deleted", deleted),
    api("picklistValues", "GET", "/ui-api/object-info/:object/picklist-values/:recordType", picklistValues),
    api(
      "picklistValues",
      "GET",
      "/ui-api/object-info/:object/picklist-values/:recordType/:field",
      picklistValuesOfField,
    ),
    api("create", "POST", "/sobjects/:object", create),
    api("retrieve", "GET", "/sobjects/:object/:id", retrieve),
    api("update", "PATCH", "/sobjects/:object/:id", update),
    api("delete", "DELETE", "/sobjects/:object/:id", remove),
    api("retrieveByExternalId", "GET", "/sobjects/:object/:field/:value", retrieveByExternalId),
    api("upsert", "PATCH", "/sobjects/:object/:field/:value", upsert),
    api("composite", "POST", "/composite", composite),
    api("createMany", "POST", "/composite/sobjects", createMany),
    api("updateMany", "PATCH", "/composite/sobjects", updateMany),
    api("deleteMany", "DELETE", "/composite/sobjects", deleteMany),
    api("retrieveMany", "POST", "/composite/sobjects/:object", retrieveMany),
    api("retrieveMany", "GET", "/composite/sobjects/:object", retrieveManyByQuery),
    api("upsertMany", "PATCH", "/composite/sobjects/:object/:field", upsertMany),
  ];
  return ({ method, path }) => {
    for (const route of routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match) return { ...route, parameters: decoded(match.groups ?? {}) };
    }
    return undefined;
  };
}

function outside(operation: string, method: string, path: string, handler: RouteHandler, open = false): Route {
  return { operation, method, pattern: patternOf(path), handler, open };
}

function api(operation: string, method: string, path: string, handler: RouteHandler): Route {
  return { operation, method, pattern: patternOf(`(?<base>/services/data/v\\d+\\.0)${path}`), handler, open: false };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

/** A broken escape stays as it is: the record will not be found. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
