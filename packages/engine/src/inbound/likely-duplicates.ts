import { failureOf, type FindRequest, type JsonObject } from "@cosell/connector";
import { isObject, valueAt } from "@cosell/core";
import type { EngineOptions } from "../engine.ts";

/** A deal of the CRM that may be the one that AWS offers. */
export interface LikelyDuplicate {
  readonly crmRef: string;
  /** One sentence. */
  readonly why: string;
}

/** Most deals that are shown: a person looks at them. */
const most = 10;
/** Shorter words than this are in half of all titles. */
const shortestTitle = 8;

/**
 * Deals of the CRM that may be the same: by the customer's website, by its name, by the title. They are shown, never
 * linked. The CRM's fields are those that the mapping sends as AWS's. `invitation` is as `GetEngagementInvitation` gives it.
 */
export async function likelyDuplicates(
  invitation: JsonObject,
  options: EngineOptions,
): Promise<readonly LikelyDuplicate[]> {
  const found = new Map<string, string>();
  for (const { field, match, why } of questionsOf(invitation, options)) {
    for (const ref of await findOrWarn(
      { object: options.sync.mapping.crm.object, field, match, limit: most },
      options,
    )) {
      if (!found.has(ref) && found.size < most) found.set(ref, why);
    }
  }
  return [...found].map(([crmRef, why]) => ({ crmRef, why }));
}

interface Question extends Pick<FindRequest, "field" | "match"> {
  readonly why: string;
}

function questionsOf(invitation: JsonObject, { sync }: EngineOptions): readonly Question[] {
  const payload = invitation["Payload"];
  const [offer] = isObject(payload) ? Object.values(payload).filter(isObject) : [];
  if (offer === undefined) return [];
  const text = (path: string): string | undefined => {
    const value = valueAt(offer, path);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  // A single value of the record, or of one that it refers to, can be searched; a list cannot.
  const fieldsOf = (path: string): readonly string[] =>
    (sync.mapping.outbound.get(path)?.sources ?? []).filter((field) => !field.includes("[]"));
  const domain = domainOf(text("Customer.WebsiteUrl"));
  const company = text("Customer.CompanyName");
  const title = text("Project.Title");
  const byDomain =
    domain === undefined
      ? []
      : fieldsOf("Customer.Account.WebsiteUrl").map((field) => ({
          field,
          match: { contains: domain },
          why: `Its customer has the website ${domain} too.`,
        }));
  const byCompany =
    company === undefined
      ? []
      : fieldsOf("Customer.Account.CompanyName").map((field) => ({
          field,
          match: { equals: [company] },
          why: `Its customer is called ${company} too.`,
        }));
  const byTitle =
    title === undefined || title.length < shortestTitle
      ? []
      : fieldsOf("Project.Title")
          .filter((field) => !field.includes("."))
          .map((field) => ({ field, match: { contains: title }, why: `Its name holds "${title}".` }));
  return [...byDomain, ...byCompany, ...byTitle];
}

/** `https://www.globex.example/shop` → `globex.example` */
export function domainOf(website: string | undefined): string | undefined {
  if (website === undefined) return undefined;
  const address = website.includes("://") ? website : `https://${website}`;
  if (!URL.canParse(address)) return undefined;
  const host = new URL(address).hostname.toLowerCase().replace(/^www\./, "");
  return host.includes(".") ? host : undefined;
}

/** A field that the CRM cannot search by must not stand in an invitation's way: the other fields are still asked. */
async function findOrWarn(request: FindRequest, { sync, logger }: EngineOptions): Promise<readonly string[]> {
  try {
    return await sync.connection.find(request);
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind !== "config" && kind !== "invalid" && kind !== "permission") throw error;
    logger.warn("the CRM cannot be searched for duplicates by a field", { field: request.field, kind });
    return [];
  }
}
