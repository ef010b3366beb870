import type { Comparable } from "./story-crm.ts";

type Members = Readonly<Record<string, unknown>>;

/** One opportunity as Partner Central holds it. */
export interface OpportunityFacts {
  readonly id: string;
  readonly crmRef: string | null;
  /** AWS passed it on. */
  readonly referred: boolean;
  /** What AWS holds at a path of the opportunity, or of its summary under `Summary.`. */
  at(path: string): Comparable;
}

/** One invitation that the partner got from AWS. */
export interface InvitationFacts {
  readonly id: string;
  readonly status: string;
  readonly company: string;
  readonly countryCode: string;
}

/** Partner Central's side, read over the admin face. */
export interface AwsFacts {
  readonly opportunities: readonly OpportunityFacts[];
  readonly invitations: readonly InvitationFacts[];
}

/** Reads everything that Partner Central holds. */
export async function readAwsFacts(adminUrl: string): Promise<AwsFacts> {
  const response = await fetch(`${adminUrl}/state`);
  const { partnerCentralSelling: state } = (await response.json()) as { readonly partnerCentralSelling: Members };
  const spaces = Object.values(state["spaces"] as Members) as readonly Members[];
  const stored = spaces.flatMap((space) => Object.values(space["opportunities"] as Members) as readonly Members[]);
  const invitations = Object.values(state["invitations"] as Members) as readonly Members[];
  return {
    opportunities: stored.map(opportunityOf),
    invitations: invitations
      .filter(({ sender }) => sender === "aws")
      .map((invitation) => ({
        id: String(invitation["id"]),
        status: String(invitation["status"]),
        company: String(valueAt(invitation, "payload.OpportunityInvitation.Customer.CompanyName")),
        countryCode: String(valueAt(invitation, "payload.OpportunityInvitation.Customer.CountryCode")),
      })),
  };
}

function opportunityOf({ id, body, related, aws, origin }: Members): OpportunityFacts {
  const opportunity = { ...(body as Members), RelatedEntityIdentifiers: related, Summary: aws };
  const crmRef = valueAt(opportunity, "PartnerOpportunityIdentifier");
  return {
    id: String(id),
    referred: origin === "AWS Referral",
    crmRef: typeof crmRef === "string" && crmRef !== "" ? crmRef : null,
    at: (path) => (special[path] ?? plain)(valueAt(opportunity, path === "Assignee.Email" ? "OpportunityTeam" : path)),
  };
}

const listOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? (value as readonly Members[]) : []);

/** Places where AWS holds more than the one value that is compared. */
const special: Readonly<Record<string, (value: unknown) => Comparable>> = {
  "Customer.Contacts": (value) =>
    listOf(value).map((one) => `${String(one["FirstName"])} ${String(one["LastName"])} ${String(one["Email"])}`),
  "Project.ExpectedCustomerSpend": (value) => {
    const [first] = listOf(value);
    return first === undefined ? null : Number(first["Amount"]);
  },
  "Assignee.Email": (value) =>
    plain(listOf(value).find(({ BusinessTitle }) => BusinessTitle === "OpportunityOwner")?.["Email"]),
};

function plain(value: unknown): Comparable {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function valueAt(members: Members, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? (value as Members)[step] : undefined),
      members,
    );
}
