import { type CompiledMapping, compileMapping, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";

/** One mapped value, as the simulation's own model of the mapping knows it: the CRM field and the AWS path hold the same. */
export interface MappedField {
  readonly field: string;
  readonly path: string;
  readonly authority: "crm" | "aws" | "ask";
  /** Does AWS's value come back into the CRM field? */
  readonly returns: boolean;
  /** Values that people choose from; null clears. */
  readonly values: readonly (string | null)[];
  /** Whether the CRM holds several values as `a;b`. */
  readonly list?: boolean;
}

const problem = (what: string): string => `The customer cannot see its ${what} across shops.`;

/** Every authority, with and without a way back, locked at different times. */
export const mappedFields: readonly MappedField[] = [
  { field: "Name", path: "Project.Title", authority: "crm", returns: false, values: ["Lake", "Stream", "River"] },
  {
    field: "Problem",
    path: "Project.CustomerBusinessProblem",
    authority: "aws",
    returns: true,
    values: [problem("stock"), problem("sales")],
  },
  {
    field: "CloseDate",
    path: "LifeCycle.TargetCloseDate",
    authority: "aws",
    returns: true,
    values: ["2027-03-31", "2027-06-30", "2027-09-30"],
  },
  {
    field: "NextStep",
    path: "LifeCycle.NextSteps",
    authority: "ask",
    returns: true,
    values: ["Call", "Write", "Meet", null],
  },
  {
    field: "StageName",
    path: "LifeCycle.Stage",
    authority: "crm",
    returns: true,
    values: ["Qualified", "Technical Validation", "Committed", "Launched", "Closed Lost"],
  },
  {
    field: "LossReason",
    path: "LifeCycle.ClosedLostReason",
    authority: "crm",
    returns: false,
    values: ["Price", "Delay / Cancellation of Project", null],
  },
  {
    field: "Comments",
    path: "Project.AdditionalComments",
    authority: "aws",
    returns: false,
    values: ["One", "Two", null],
  },
  {
    field: "Competitor",
    path: "Project.CompetitorName",
    authority: "ask",
    returns: false,
    values: ["Oracle Cloud", "On-Prem", null],
  },
  {
    field: "Models",
    path: "Project.DeliveryModels",
    authority: "crm",
    returns: true,
    values: ["SaaS or PaaS", "Managed Services;SaaS or PaaS"],
    list: true,
  },
];

/** The CRM's field of solutions, and those that the emulated account has. */
export const solutionField = "Solutions";
export const solutionPath = "RelatedEntityIdentifiers.Solutions";
export const solutions = ["S-0001111", "S-0001112", "S-0001113"] as const;

/** Under this field the CRM keeps AWS's id. */
export const idField = "AwsId";

const rest = `
  Customer.Account.CompanyName: { from: Company }
  Customer.Account.Industry: { const: Retail }
  Customer.Account.WebsiteUrl: { const: "https://www.globex.example" }
  Customer.Account.Address.CountryCode: { const: US }
  Customer.Account.Address.PostalCode: { const: "78701" }
  Customer.Account.Address.StateOrRegion: { const: Texas }
  Project.CustomerUseCase: { const: Storage & Backup }
  Project.SalesActivities: { list: [{ const: Conducted POC / Demo }] }
  Project.ExpectedCustomerSpend:
    list:
      - Amount: { const: "1000.00" }
        CurrencyCode: { const: USD }
        Frequency: { const: Monthly }
        TargetCompany: { const: AWS }
  Marketing.Source: { const: None }
  PartnerOpportunityIdentifier: { from: Id, required: true }
  PrimaryNeedsFromAws: { list: [{ const: Co-Sell - Deal Support }] }
  NationalSecurity: { const: "No" }
  OpportunityType: { const: Net New Business }
  ${solutionPath}: { from: ${solutionField}, steps: [{ split: ";" }] }
  Assignee.Email: { from: Owner }
  Assignee.FirstName: { const: Olga }
  Assignee.LastName: { const: Owner }
  Assignee.BusinessTitle: { const: OpportunityOwner }
  Submission: { when: { Submit: { eq: true } }, fields: { InvolvementType: { const: Co-Sell }, Visibility: { const: Full } } }
`;

/** A mapping that changes midway: the second edition no longer brings stages back, and says who decides about comments. */
function textOf(edition: 1 | 2): string {
  const fields = mappedFieldsOf(edition);
  const outbound = fields.map(
    ({ path, field, list }) => `  ${path}: { from: ${field}${list === true ? ', steps: [{ split: ";" }]' : ""} }\n`,
  );
  const inbound = fields
    .filter(({ returns }) => returns)
    .map(
      ({ path, field, list }) => `  ${field}: { from: ${path}${list === true ? ', steps: [{ join: ";" }]' : ""} }\n`,
    );
  const authority = fields.map(({ path, authority }) => `  ${path}: ${authority}\n`);
  return `version: 1
id: simulation
crm: { connector: simulated, object: Deal }
match: { Share: { eq: true } }
link: { opportunityId: ${idField} }
outbound:
${outbound.join("")}${rest}
inbound:
${inbound.join("")}  Review: { from: LifeCycle.ReviewStatus }
  SellerStage: { from: Summary.LifeCycle.Stage }
  SyncStatus: { from: Link.status }
authority:
  default: crm
${authority.join("")}`;
}

/** The mapped fields of an edition. */
export function mappedFieldsOf(edition: 1 | 2): readonly MappedField[] {
  if (edition === 1) return mappedFields;
  return mappedFields.map((field) =>
    field.field === "StageName"
      ? { ...field, returns: false }
      : field.field === "Comments"
        ? { ...field, authority: "crm" as const }
        : field,
  );
}

function compiled(edition: 1 | 2): CompiledMapping {
  const { document, findings } = loadMapping({
    file: `edition-${edition}.yaml`,
    text: textOf(edition),
    resolve: () => undefined,
  });
  if (document === undefined) throw new Error(JSON.stringify(findings));
  return compileMapping(document, { target: partnerCentralTarget });
}

/** Both editions, compiled once. */
export const mappings: Readonly<Record<1 | 2, CompiledMapping>> = { 1: compiled(1), 2: compiled(2) };
