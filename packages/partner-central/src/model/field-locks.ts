import type { FieldLock, TargetState } from "@cosell/core";
import { associationRules } from "./associations.ts";

/** A stretch of an opportunity's life in which the same members are locked. */
export type LockPhase =
  "pending-submission" | "under-review" | "action-required" | "approved" | "launched" | "rejected" | "unknown";

/** One row: in these phases, for this origin, the member and everything below it is in this state. */
export interface LockRow {
  readonly path: string;
  readonly phases: readonly LockPhase[];
  /** Only opportunities of this origin. Absent: all, also those of unknown origin. */
  readonly origin?: string;
  /** Only opportunities in this stage. Absent: in any. */
  readonly stage?: string;
  readonly lock: FieldLock["lock"];
  /** Why a person cannot change it now. Not said for what is editable. */
  readonly reason?: string;
  readonly source: string;
  /** From community projects or our own reading, not from AWS: the first to change when a live account says otherwise. */
  readonly unofficial: boolean;
}

const everyPhase: readonly LockPhase[] = [
  "pending-submission",
  "under-review",
  "action-required",
  "approved",
  "launched",
  "rejected",
  "unknown",
];

const documentation = "AWS Selling API documentation";
const fieldsCsv = "AWS sample repository, Opportunity-Fields.csv";

/** What holds for every member that has no row of its own. */
const otherwise: Readonly<Record<LockPhase, FieldLock>> = {
  "pending-submission": { lock: "editable" },
  "under-review": {
    lock: "locked",
    reason: "AWS is reviewing the opportunity: nothing can be changed until it answers.",
  },
  "action-required": {
    lock: "locked",
    reason: "AWS asked for corrections, and takes changes of a few fields only until it has approved the opportunity.",
  },
  approved: { lock: "editable" },
  launched: { lock: "ignored", reason: "The opportunity is launched: AWS drops changes of this field without a word." },
  rejected: { lock: "locked", reason: "AWS rejected the opportunity: it can no longer be changed." },
  unknown: {
    lock: "locked",
    reason: "AWS gives no review status that this version knows, so nothing is written until it does.",
  },
};

function rows(paths: readonly string[], row: Omit<LockRow, "path">): readonly LockRow[] {
  return paths.map((path) => ({ path, ...row }));
}

/**
 * Member × review status × stage × origin, as exceptions from what holds for the phase. The most exact path wins; among
 * equal paths the first row that applies. {@link LockPhase} says how status and stage make a phase.
 */
export const lockRows: readonly LockRow[] = [
  ...rows(
    [
      "LifeCycle.ReviewStatus",
      "LifeCycle.ReviewComments",
      "LifeCycle.ReviewStatusReason",
      "LifeCycle.NextStepsHistory",
    ],
    {
      phases: everyPhase,
      lock: "locked",
      reason: "AWS alone decides about it; it is only sent back as it was read.",
      source: fieldsCsv,
      unofficial: false,
    },
  ),
  ...rows(["OpportunityTeam", "Origin", "Tags"], {
    phases: everyPhase,
    lock: "locked",
    reason: "AWS takes it only when the opportunity is created.",
    source: "Service model: not a member of UpdateOpportunity",
    unofficial: false,
  }),
  ...rows(["Submission"], {
    phases: everyPhase.filter((phase) => phase !== "pending-submission"),
    lock: "locked",
    reason: "The opportunity was submitted already.",
    source: documentation,
    unofficial: false,
  }),
  ...rows(
    [
      "Customer.Account.Address.City",
      "Customer.Account.Address.CountryCode",
      "Customer.Account.Address.PostalCode",
      "Customer.Account.Address.StateOrRegion",
      "Customer.Account.Address.StreetAddress",
      "Customer.Account.WebsiteUrl",
      "LifeCycle.TargetCloseDate",
      "PartnerOpportunityIdentifier",
      "Project.CustomerBusinessProblem",
      "Project.ExpectedCustomerSpend",
    ],
    { phases: ["action-required"], lock: "editable", source: documentation, unofficial: false },
  ),
  ...rows(
    [
      "Customer.Account.Address.CountryCode",
      "Customer.Account.Address.PostalCode",
      "Customer.Account.Industry",
      "Customer.Account.WebsiteUrl",
      "Project.CustomerBusinessProblem",
      "Project.Title",
    ],
    {
      phases: ["approved"],
      lock: "locked",
      reason: "AWS locks it once the opportunity is approved.",
      source: documentation,
      unofficial: false,
    },
  ),
  ...rows(
    [
      "Customer.Account.Address.StateOrRegion",
      "Customer.Account.CompanyName",
      "Customer.Account.OtherIndustry",
      "NationalSecurity",
    ],
    {
      phases: ["approved"],
      lock: "locked",
      reason: "AWS locks it once the opportunity is approved.",
      source: fieldsCsv,
      unofficial: false,
    },
  ),
  // A referral arrives approved and without our id: there the samples' reading is the only one that can work.
  ...rows(["PartnerOpportunityIdentifier"], {
    phases: ["approved"],
    origin: "AWS Referral",
    lock: "editable",
    source: fieldsCsv,
    unofficial: true,
  }),
  ...rows(["PartnerOpportunityIdentifier"], {
    phases: ["approved"],
    lock: "locked",
    reason: "AWS locks it once the opportunity is approved.",
    source: `${documentation}; ${fieldsCsv} says otherwise`,
    unofficial: false,
  }),
  ...rows(["SoftwareRevenue"], {
    phases: ["approved"],
    lock: "locked",
    reason: "AWS takes it before the approval or once the opportunity is launched.",
    source: `Community projects; ${fieldsCsv} says otherwise`,
    unofficial: true,
  }),
  ...rows(["Project.DeliveryModels", "Project.AdditionalComments", "SoftwareRevenue"], {
    phases: ["launched"],
    lock: "editable",
    source: `${fieldsCsv}: software partners, special programs`,
    unofficial: false,
  }),
  ...rows(["LifeCycle.Stage"], {
    phases: ["approved"],
    stage: "Closed Lost",
    lock: "locked",
    reason: "The opportunity is lost: AWS does not open it again.",
    source: `${fieldsCsv}: updates "up until Launched/Lost"`,
    unofficial: true,
  }),
  // Of the phases in which nothing is associated, only this one is editable otherwise.
  ...associationRules
    .filter(({ phases }) => !phases.includes("pending-submission"))
    .map(({ type, source, unofficial }): LockRow => ({
      path: `RelatedEntityIdentifiers.${type}`,
      phases: ["pending-submission"],
      lock: "locked",
      reason: "AWS takes it once the opportunity is approved.",
      source,
      unofficial,
    })),
  ...rows(["RelatedEntityIdentifiers", "Assignee"], {
    phases: ["launched"],
    lock: "locked",
    reason: "The opportunity is launched: AWS keeps what it is associated with and who owns it.",
    source: fieldsCsv,
    unofficial: false,
  }),
];

/** Where in its life an opportunity is. A draft with stage Launched is a draft still: AWS has not seen it. */
export function lockPhaseOf(state: Pick<TargetState, "reviewStatus" | "stage">): LockPhase {
  switch (state.reviewStatus) {
    case "Pending Submission":
      return "pending-submission";
    case "Submitted":
    case "In review":
      return "under-review";
    case "Action Required":
      return "action-required";
    case "Approved":
      return state.stage === "Launched" ? "launched" : "approved";
    case "Rejected":
      return "rejected";
    default:
      return "unknown";
  }
}

/**
 * Whether AWS takes a change of a member now. `path` may name a place inside a list (`Customer.Contacts[0].Email`) or a
 * whole structure, which is editable only if everything in it is. Associations (`RelatedEntityIdentifiers.Solutions`),
 * `Assignee`, `Submission` and `Tags` are asked for in the same way. In the Sandbox catalog AWS lets the partner set
 * `LifeCycle.ReviewStatus` to play the reviewer: that is not a change of ours, and locked here.
 */
export function lockOf(path: string, state: TargetState): FieldLock {
  const phase = lockPhaseOf(state);
  const rowsNow = lockRows.filter(
    ({ phases, origin, stage }) =>
      phases.includes(phase) &&
      (origin === undefined || origin === state.origin) &&
      (stage === undefined || stage === state.stage),
  );
  let found: LockRow | undefined;
  for (const row of rowsNow) {
    if (isWithin(path, row.path) && row.path.length > (found?.path.length ?? 0)) found = row;
  }
  const lock = found ? lockOfRow(found) : otherwise[phase];
  if (lock.lock !== "editable") return lock;
  const below = rowsNow.find(
    (row, index) =>
      row.lock !== "editable" &&
      isWithin(row.path, path) &&
      row.path !== path &&
      rowsNow.findIndex((other) => other.path === row.path) === index,
  );
  return below ? lockOfRow(below) : lock;
}

function lockOfRow(row: LockRow): FieldLock {
  return row.lock === "editable" ? { lock: "editable" } : { lock: row.lock, reason: row.reason ?? row.source };
}

function isWithin(path: string, ancestor: string): boolean {
  if (!path.startsWith(ancestor)) return false;
  const next = path[ancestor.length];
  return next === undefined || next === "." || next === "[";
}
