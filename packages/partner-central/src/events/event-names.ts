/** Members that name something: `id`, `identifier`, `resourceId`, `engagementArn`, `resources`. A company may be called O2. */
const naming = /(?:id|identifier|arn)s?$|^resources$/i;
/** AWS's events are three levels deep. */
const deepest = 8;

/** What an event is about. */
export interface EventIds {
  readonly opportunityIds: readonly string[];
  readonly engagementIds: readonly string[];
  readonly invitationIds: readonly string[];
  /** Of the Account API. */
  readonly connectionIds: readonly string[];
  readonly connectionInvitationIds: readonly string[];
}

/** Every id and ARN in a value, in the order in which they stand. */
export function namesIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== "object" || value === null || depth > deepest) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    if (!naming.test(key)) return namesIn(item, depth + 1);
    const items: readonly unknown[] = Array.isArray(item) ? item : [item];
    return items.flatMap((one) => (typeof one === "string" ? [one.trim()] : namesIn(one, depth + 1)));
  });
}

/** Ids by their form, alone or as a part of an ARN: `arn:…:catalog/Sandbox/engagement/eng-…/resource/Opportunity/O…`. */
export function idsIn(names: readonly string[]): EventIds {
  const parts = names.flatMap((name) => (isArn(name) ? name.split("/").slice(1) : [name]));
  const ofForm = (form: RegExp): readonly string[] => [...new Set(parts.filter((part) => form.test(part)))];
  return {
    opportunityIds: ofForm(/^O\d{1,19}$/),
    engagementIds: ofForm(/^eng-[0-9a-z]{14}$/),
    invitationIds: ofForm(/^engi-[0-9a-z]{13}$/),
    connectionIds: ofForm(/^pac-[A-Za-z0-9]{13}$/),
    connectionInvitationIds: ofForm(/^pacinv-[A-Za-z0-9]{13}$/),
  };
}

/** The catalog that an event names itself, or that an ARN names, in AWS's spelling. */
export function catalogIn(named: string | undefined, names: readonly string[]): string | undefined {
  const catalog =
    named ??
    names
      .filter(isArn)
      .map((name) => /catalog\/([^/]+)/i.exec(name)?.[1])
      .find(Boolean);
  return ["AWS", "Sandbox"].find((known) => known.toLowerCase() === catalog?.toLowerCase()) ?? catalog;
}

const isArn = (name: string): boolean => /^arn:[^:]*:partnercentral/i.test(name);
