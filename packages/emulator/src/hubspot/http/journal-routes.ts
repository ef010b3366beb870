import { type EmulatorRequest, type EmulatorResponse, isJsonObject } from "../../kernel/index.ts";
import { badRequest, HubspotError, resourceNotFound } from "../hubspot-error.ts";
import type { JournalFile, JournalSubscription } from "../journal/journal-document.ts";
import { type Journal, wholeApp } from "../journal/journal.ts";
import type { JournalUrls } from "../journal/journal-urls.ts";
import type { HubspotSettings } from "../settings.ts";

/** What a route of the journal has at hand to answer one call of the app. */
interface JournalContext {
  readonly journal: Journal;
  readonly urls: JournalUrls;
  readonly settings: HubspotSettings;
  readonly request: EmulatorRequest;
  readonly parameters: Readonly<Record<string, string>>;
  /** Scopes that the token was asked for with. */
  readonly scopes: readonly string[];
  readonly now: number;
}

interface JournalRoute {
  readonly action: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly scope: string;
  readonly handler: (context: JournalContext) => EmulatorResponse;
}

const read = "developer.webhooks_journal.read";
const subscriptionsRead = "developer.webhooks_journal.subscriptions.read";
const subscriptionsWrite = "developer.webhooks_journal.subscriptions.write";

/** Most entries of a batch. */
const mostEntries = 100;

const journalRoutes: readonly JournalRoute[] = [
  route("earliest", "GET", "journal", "/earliest", read, (context) => entry(context, filesOf(context)[0])),
  route("latest", "GET", "journal", "/latest", read, (context) => entry(context, filesOf(context).at(-1))),
  route("next", "GET", "journal", "/offset/:offset/next", read, (context) => entry(context, after(context)[0])),
  route("batchEarliest", "GET", "journal", "/batch/earliest/:count", read, (context) =>
    batch(context, filesOf(context).slice(0, countOf(context))),
  ),
  route("batchLatest", "GET", "journal", "/batch/latest/:count", read, (context) =>
    batch(context, filesOf(context).slice(-countOf(context))),
  ),
  route("batchNext", "GET", "journal", "/batch/:offset/next/:count", read, (context) =>
    batch(context, after(context).slice(0, countOf(context))),
  ),
  route("listSubscriptions", "GET", "subscriptions", "", subscriptionsRead, ({ journal }) => ({
    status: 200,
    body: { results: journal.subscriptions() },
  })),
  route("subscribe", "POST", "subscriptions", "", subscriptionsWrite, subscribe),
  route("getSubscription", "GET", "subscriptions", "/:id", subscriptionsRead, (context) => ({
    status: 200,
    body: subscriptionOf(context),
  })),
  route("unsubscribePortal", "DELETE", "subscriptions", "/portals/:portal", subscriptionsWrite, (context) => {
    const { journal, parameters } = context;
    journal.unsubscribe(({ portalId }) => String(portalId) === parameters["portal"]);
    return { status: 204 };
  }),
  route("unsubscribe", "DELETE", "subscriptions", "/:id", subscriptionsWrite, (context) => {
    const { id } = subscriptionOf(context);
    context.journal.unsubscribe((each) => each.id === id);
    return { status: 204 };
  }),
];

/** The route of a call of the app itself; `undefined` for every other. */
export function journalRouteOf({
  method,
  path,
}: Pick<EmulatorRequest, "method" | "path">):
  | { readonly operation: string; readonly handle: (context: Omit<JournalContext, "parameters">) => EmulatorResponse }
  | undefined {
  for (const { action, scope, handler, ...each } of journalRoutes) {
    const match = each.method === method ? each.pattern.exec(path) : null;
    if (!match) continue;
    const parameters = { ...match.groups };
    return {
      operation: `journal.${action}`,
      handle: (context) => {
        if (!context.scopes.includes(scope)) throw missingScope(scope);
        return handler({ ...context, parameters });
      },
    };
  }
  return undefined;
}

function missingScope(scope: string): HubspotError {
  const message = "This app hasn't been granted all required scopes to make this call.";
  return new HubspotError(403, "MISSING_SCOPES", message, {
    errors: [{ message, code: "MISSING_SCOPES", context: { requiredGranularScopes: [scope] } }],
  });
}

function subscribe({ journal, request, settings }: JournalContext): EmulatorResponse {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw badRequest("Invalid input JSON: the body could not be read");
  }
  if (!isJsonObject(body)) throw badRequest("Invalid input JSON: an object is needed");
  const { subscriptionType, portalId, objectTypeId } = body;
  if (subscriptionType !== "OBJECT" && subscriptionType !== "ASSOCIATION")
    throw badRequest("Invalid subscription type provided");
  if (typeof portalId !== "number" || !settings.portals.some((portal) => portal.portalId === portalId))
    throw badRequest("portalId must be a portal that the app is installed in");
  if (typeof objectTypeId !== "string" || !/^\d+-\d+$/.test(objectTypeId))
    throw badRequest("objectTypeId must be a type such as 0-3");
  const actions = listOfTexts(body["actions"]);
  if (!actions?.length) throw badRequest("actions are required");
  const properties = listOfTexts(body["properties"]);
  const associatedObjectTypeIds = listOfTexts(body["associatedObjectTypeIds"]);
  if (subscriptionType === "ASSOCIATION" && !associatedObjectTypeIds?.length)
    throw badRequest("associatedObjectTypeIds are required");
  const { objectIds } = body;
  return {
    status: 200,
    body: journal.subscribe({
      ...{ subscriptionType, portalId, objectTypeId, actions },
      ...(properties && { properties }),
      ...(associatedObjectTypeIds && { associatedObjectTypeIds }),
      ...(Array.isArray(objectIds) && { objectIds: objectIds.map(Number) }),
    }),
  };
}

function listOfTexts(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return [...new Set(value)];
  throw badRequest("A list of texts is needed");
}

function subscriptionOf({ journal, parameters }: JournalContext): JournalSubscription {
  const found = journal.subscriptions().find(({ id }) => String(id) === parameters["id"]);
  if (found) return found;
  throw resourceNotFound();
}

/** `journal-local`: one portal's; which one, when no query says so, nobody tells: the first. */
function viewOf({ request, settings, parameters }: JournalContext): string {
  if (parameters["scope"] === "journal") return wholeApp;
  return request.query.get("installPortalId") ?? String(settings.portals[0]?.portalId ?? "");
}

function filesOf(context: JournalContext): readonly JournalFile[] {
  return context.journal.files(viewOf(context));
}

/** The files behind the offset. What HubSpot says to an offset that it no longer knows, no document tells: a setting decides. */
function after(context: JournalContext): readonly JournalFile[] {
  const files = filesOf(context);
  const place = files.findIndex(({ offset }) => offset === context.parameters["offset"]);
  if (place >= 0) return files.slice(place + 1);
  if (context.settings.journalLostOffset === "bad-request") throw badRequest("Invalid offset");
  if (context.settings.journalLostOffset === "not-found") throw resourceNotFound();
  return [];
}

function countOf({ parameters }: JournalContext): number {
  const count = Number(parameters["count"]);
  if (Number.isInteger(count) && count > 0 && count <= mostEntries) return count;
  throw badRequest(`count must be from 1 to ${mostEntries}`);
}

/** 204 when there is nothing, as seen in the field. */
function entry(context: JournalContext, file: JournalFile | undefined): EmulatorResponse {
  return file ? { status: 200, body: entryOf(context, file) } : { status: 204 };
}

function entryOf(context: JournalContext, { offset }: JournalFile): object {
  const host = context.request.headers["host"] ?? "127.0.0.1";
  return { ...context.urls.sign(host, { view: viewOf(context), offset }), currentOffset: offset };
}

function batch(context: JournalContext, files: readonly JournalFile[]): EmulatorResponse {
  const at = new Date(context.now).toISOString();
  const results = files.map((file) => entryOf(context, file));
  return { status: 200, body: { status: "COMPLETE", results, startedAt: at, completedAt: at } };
}

function route(
  action: string,
  method: string,
  family: "journal" | "subscriptions",
  path: string,
  scope: string,
  handler: JournalRoute["handler"],
): JournalRoute {
  const begin =
    family === "journal"
      ? "/webhooks-journal/(?<scope>journal|journal-local)/\\d{4}-\\d\\d"
      : "/webhooks-journal/subscriptions/\\d{4}-\\d\\d";
  const variable = path.replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return { action, method, scope, handler, pattern: new RegExp(`^${begin}${variable}/?$`) };
}
