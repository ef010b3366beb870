import type { TargetField, TargetModel } from "../../target.ts";

type Part = Partial<Omit<TargetField, "path" | "type">>;

function field(path: string, type: TargetField["type"], part: Part = {}): TargetField {
  return { path, type, required: false, sensitive: false, calls: ["create", "update"], ...part };
}

const stages = ["Prospect", "Qualified", "Committed", "Launched", "Closed Lost"];

const writable = [
  field("Customer", "structure"),
  field("Customer.Account", "structure"),
  field("Customer.Account.CompanyName", "string", { required: true, maxLength: 20, sensitive: true }),
  field("Customer.Account.Industry", "string", { values: ["Financial Services", "Healthcare", "Other"] }),
  field("Customer.Account.OtherIndustry", "string", { maxLength: 255 }),
  field("Customer.Account.Duns", "string", { pattern: "^(?:[0-9]{9})$", sensitive: true }),
  field("Customer.Account.Address", "structure"),
  field("Customer.Account.Address.CountryCode", "string", { values: ["DE", "PH", "US"], sensitive: true }),
  field("Customer.Account.Address.StateOrRegion", "string"),
  field("Customer.Contacts", "list", { maxItems: 3 }),
  field("Customer.Contacts[]", "structure"),
  field("Customer.Contacts[].Email", "string", {
    maxLength: 80,
    pattern: "^[a-z0-9.]+@[a-z0-9.]+$",
    format: "email",
    sensitive: true,
  }),
  field("Customer.Contacts[].LastName", "string", { maxLength: 80, sensitive: true }),
  field("Customer.Contacts[].Phone", "string", { pattern: "^\\+[1-9]\\d{1,14}$", sensitive: true }),
  field("Project", "structure"),
  field("Project.Title", "string", { maxLength: 40 }),
  field("Project.CustomerBusinessProblem", "string", { minLength: 20, maxLength: 2000 }),
  field("Project.DeliveryModels", "list"),
  field("Project.DeliveryModels[]", "string", { values: ["SaaS or PaaS", "Managed Services"] }),
  field("Project.ExpectedCustomerSpend", "list", { maxItems: 10 }),
  field("Project.ExpectedCustomerSpend[]", "structure"),
  field("Project.ExpectedCustomerSpend[].Amount", "string", {
    format: "decimal",
    pattern: "^(0|([1-9][0-9]{0,30}))(\\.[0-9]{0,2})?$",
  }),
  field("Project.ExpectedCustomerSpend[].CurrencyCode", "string", { required: true, values: ["USD", "EUR"] }),
  field("Project.Seats", "integer"),
  field("Project.Public", "boolean"),
  field("LifeCycle", "structure"),
  field("LifeCycle.Stage", "string", { values: stages }),
  field("LifeCycle.TargetCloseDate", "string", { format: "date" }),
  field("LifeCycle.ClosedLostReason", "string", { values: ["Price", "Other"] }),
  field("Marketing", "structure"),
  field("Marketing.Source", "string", { values: ["Marketing Activity", "None"] }),
  field("RelatedEntityIdentifiers.Solutions", "list", { maxItems: 10, calls: ["associate"] }),
  field("RelatedEntityIdentifiers.Solutions[]", "string", { pattern: "^S-\\d{1,19}$", calls: ["associate"] }),
  field("Assignee", "structure", { calls: ["assign"] }),
  field("Assignee.Email", "string", { required: true, sensitive: true, calls: ["assign"] }),
  field("Submission", "structure", { calls: ["submit"] }),
  field("Submission.InvolvementType", "string", { required: true, values: ["Co-Sell"], calls: ["submit"] }),
  field("Submission.Visibility", "string", { values: ["Full", "Limited"], calls: ["submit"] }),
];

const readable = [
  ...writable.filter(({ calls }) => calls.includes("update")),
  field("LifeCycle.ReviewStatus", "string", { values: ["Submitted", "Approved"] }),
  field("Summary.LifeCycle.Stage", "string"),
  field("Link.status", "string"),
  field("Invitation.PayloadType", "string", { values: ["OpportunityInvitation", "LeadInvitation"] }),
  field("Invitation.Payload.LeadInvitation.Customer.CompanyName", "string", { sensitive: true }),
];

/** A target of about forty fields that has each kind of constraint: enough to test the language, and no more. */
export const dealTarget: TargetModel = {
  name: "Partner Central",
  writable: new Map(writable.map((one) => [one.path, one])),
  readable: new Map(readable.map((one) => [one.path, one])),
  alwaysSent: [],
  read: () => ({
    state: { reviewStatus: undefined, stage: undefined, origin: undefined },
    submittable: false,
    movesOnUpdate: false,
    related: {},
    assigneeEmail: undefined,
    version: undefined,
  }),
  lockOf: () => ({ lock: "editable" }),
  readiness: () => [],
  updateBody: (current) => current,
};
