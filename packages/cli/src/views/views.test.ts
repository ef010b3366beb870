import type { Unsettled } from "@cosell/core";
import type { PlannedDeal } from "@cosell/engine";
import type { LinkFailure } from "@cosell/state";
import { describe, expect, it } from "@jest/globals";
import { createTerminal } from "../terminal/terminal.ts";
import { partnerCentralTarget } from "@cosell/partner-central";
import { renderConflicts } from "./conflicts.ts";
import { releaseOf } from "./deferred.ts";
import { groupFailures, isOfCause, renderFailures } from "./failures.ts";
import { createPlanSummary } from "./plan-summary.ts";
import { planDocument, renderPlannedDeals } from "./plan.ts";
import { groupReasons } from "./reasons.ts";
import { duration } from "./value.ts";

const pipe = { isTTY: false, write: () => true };
const terminal = createTerminal({ json: false, stdout: pipe, stderr: pipe, environment: {} });

const unsettled = (kind: Unsettled["kind"], code: string, path = code): Unsettled => ({
  ...{ path, kind, code, reason: `Because of ${code}.`, sources: [code], rule: undefined, detail: {} },
});
const change = (path: string, sensitive: boolean) => ({
  ...{ path, before: "old", after: "new", reason: "changed-in-crm" as const, sources: [], rule: undefined, sensitive },
});
const deal = (crmRef: string, over: Partial<PlannedDeal["plan"]>): PlannedDeal => ({
  crmRef,
  ...{ link: undefined, parked: false, reads: over.cost?.reads ?? 0 },
  plan: {
    ...{ crmRef, opportunityId: undefined, title: `Deal ${crmRef}`, steps: [], unsettled: [], agreed: new Map() },
    ...{ readBack: false, answered: [], notes: [], cost: { reads: 0, writes: 0 }, ...over },
  },
});
const updated = deal("1", {
  steps: [
    {
      kind: "update",
      opportunityId: "O1",
      body: { secret: "in the body" },
      changes: [change("LifeCycle.Stage", false), change("Project.Title", true)],
      cost: { reads: 1, writes: 1 },
    },
  ],
  cost: { reads: 1, writes: 1 },
});

describe("createPlanSummary", () => {
  it("counts deals and steps, and takes the slower quota for the time", () => {
    const tally = createPlanSummary();
    tally.add(updated);
    tally.add(deal("2", { unsettled: [unsettled("held", "a"), unsettled("held", "b"), unsettled("deferred", "c")] }));
    tally.add(deal("3", { cost: { reads: 49, writes: 3 } }));
    expect(tally.summary()).toMatchObject({
      ...{ deals: 3, withSteps: 1, steps: { update: 1 }, held: 1, deferred: 1, conflicts: 0 },
      ...{ cost: { reads: 50, writes: 4 }, quotaSeconds: 5 },
    });
  });
});

describe("renderConflicts", () => {
  it("shows a person both values one under the other, every id whole, and who changed them as far as it is known", () => {
    const stream = { isTTY: true, columns: 60, write: () => true };
    const screen = createTerminal({ json: false, stdout: stream, stderr: stream, environment: { NO_COLOR: "1" } });
    const text = renderConflicts(screen, [
      {
        ...{ title: "A deal", crmRef: "0065g00000000eRAAQ", opportunityId: "O1000026", sources: ["NextStep"] },
        ...{ path: "LifeCycle.NextSteps", crm: "ours", aws: "theirs", agreed: "before", reason: "", since: 0 },
        ...{ awsModifiedAt: undefined, crmModifiedAt: undefined, crmModifiedBy: undefined, rule: "a/b.yaml:1:2" },
      },
    ]);
    expect(text.split("\n").slice(1, -1)).toEqual([
      "A deal  0065g00000000eRAAQ  O1000026",
      "  NextStep, LifeCycle.NextSteps  since 1970-01-01 00:00:00 UTC, b.yaml:1:2",
      "  CRM          ours",
      "               (record changed last at an unknown time, by unknown)",
      "  AWS          theirs",
      "  last agreed  before",
    ]);
  });
});

describe("groupReasons", () => {
  it("counts a deal once per reason, the most frequent reason first", () => {
    const groups = groupReasons([
      [unsettled("held", "rare"), unsettled("held", "often", "x"), unsettled("held", "often", "y")],
      [unsettled("held", "often")],
    ]);
    expect(groups.map(({ code, deals }) => `${code} ${deals}`)).toEqual(["often 2", "rare 1"]);
  });
});

describe("a planned deal", () => {
  it("hides what is personal or confidential, unless asked for it", () => {
    const shown = renderPlannedDeals(terminal, [updated], { complete: false, showValues: false });
    expect(shown).toContain("LifeCycle.Stage: old → new; Project.Title: ‹hidden›");
    const open = renderPlannedDeals(terminal, [updated], { complete: false, showValues: true });
    expect(open).toContain("Project.Title: old → new");
  });

  it("gives machines no payload", () => {
    const text = JSON.stringify(planDocument(updated, false));
    expect(text).not.toContain("in the body");
    expect(text).toContain("‹hidden›");
  });
});

describe("failures", () => {
  const failed = (crmRef: string, failure: LinkFailure["failure"]): LinkFailure => ({
    ...{ linkId: crmRef, crmRef, opportunityId: "O1", title: "Deal", at: 0, attempts: 2, retryAt: undefined, failure },
  });
  const issue = { message: "A postal code is needed.", code: "REQUIRED_FIELD_MISSING", target: "PostalCode" };
  const refused = (sources: string) =>
    ({ kind: "invalid", message: "Refused.", issues: [{ ...issue, sources: [sources] }] }) as const;

  it("are grouped by what is to be mended, in CRM terms, with what to do", () => {
    const groups = groupFailures([
      failed("1", { kind: "transient", message: "No answer." }),
      failed("2", refused("BillingPostalCode")),
      failed("3", refused("ShippingPostalCode")),
      failed("4", refused("BillingPostalCode")),
    ]);
    expect(groups.map(({ cause, failures }) => `${cause} ${failures.length}`)).toEqual([
      "REQUIRED_FIELD_MISSING:BillingPostalCode 2",
      "No answer. 1",
      "REQUIRED_FIELD_MISSING:ShippingPostalCode 1",
    ]);
    const text = renderFailures(terminal, groups);
    expect(text).toContain("BillingPostalCode: A postal code is needed.");
    expect(text).toContain("when it changes");
    expect(text).toContain("cosell replay --cause REQUIRED_FIELD_MISSING:BillingPostalCode");
  });

  it("have one cause though each message names its own deal", () => {
    const lost = (id: string) => ({ kind: "missing", message: `AWS does not show opportunity ${id}.` }) as const;
    expect(groupFailures([failed("1", lost("O1000001")), failed("2", lost("O1000002"))])).toHaveLength(1);
  });

  it.each([
    ["REQUIRED_FIELD_MISSING:BillingPostalCode", true],
    ["required_field_missing", true],
    ["invalid", true],
    ["BillingPostalCode", false],
    ["REQUIRED_FIELD", false],
  ])("are chosen by cause, code or kind: %s, %p", (named, chosen) => {
    expect(isOfCause(refused("BillingPostalCode"), named)).toBe(chosen);
  });
});

describe("releaseOf", () => {
  it.each([
    ["LifeCycle.NextSteps", "Submitted", /^when AWS .*Approved/],
    ["Customer.Account.WebsiteUrl", "In review", /sends it back/],
    ["Project.Title", "Approved", /^not while the opportunity is Approved/],
    ["LifeCycle.NextSteps", "Rejected", /^not while the opportunity is Rejected/],
  ])("%s of an opportunity that is %s", (path, reviewStatus, words) => {
    expect(releaseOf(path, { reviewStatus, stage: "Qualified" }, partnerCentralTarget)).toMatch(words);
  });
});

describe("duration", () => {
  it.each([
    [0.2, "1 s"],
    [60, "1 min"],
    [200, "3 min 20 s"],
    [7500, "2 h 5 min"],
  ])("says %d seconds as a person does", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
