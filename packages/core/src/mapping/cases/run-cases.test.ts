import { describe, expect, it } from "@jest/globals";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { mappingOf } from "../__fixtures__/mapping-of.ts";
import { compileInvitationMapping } from "../invitation/compile-invitation.ts";
import { loadMapping } from "../load/load-mapping.ts";
import type { CaseMapping } from "./run-cases.ts";
import { loadCases } from "./load-cases.ts";
import { runCases } from "./run-cases.ts";

const mapping = mappingOf(`match: { Shared__c: { eq: true } }
tables: { stage: { outbound: { Prospecting: Prospect, Closed Won: Launched }, otherwise: error } }
outbound:
  Project.Title: { from: Name, required: true }
  LifeCycle.Stage: { from: StageName, table: stage }
  RelatedEntityIdentifiers.Solutions: { from: Solutions__c, steps: [{ split: ";" }] }
inbound:
  StageName: { from: LifeCycle.Stage, table: stage }
  Review_Status__c: { from: LifeCycle.ReviewStatus, when: { LifeCycle.ReviewStatus: { eq: Approved } } }
`);

function differences(text: string, of: CaseMapping = mapping) {
  const { cases, findings } = loadCases({ file: "cases.yaml", text: `version: 1\ncases:\n  - name: it\n${text}` });
  expect(findings).toEqual([]);
  return runCases(of, cases).flatMap((result) => result.differences);
}

describe("runCases", () => {
  it("finds nothing where everything is as expected", () => {
    expect(
      differences(`    source: { Name: Data lake, StageName: Prospecting, Shared__c: true, Solutions__c: S-1;S-2 }
    expect:
      matches: true
      payload: { LifeCycle: { Stage: Prospect }, Project: { Title: Data lake } }
      related: { Solutions: [S-1, S-2] }
      assignee: null
      submission: null`),
    ).toEqual([]);
  });

  it("compares what is named as a whole, as deep as it differs", () => {
    expect(
      differences(`    source: { Name: Data lake, StageName: Prospecting, Solutions__c: S-1 }
    expect:
      matches: true
      payload: { Project: { Title: Lake } }
      related: { Solutions: [S-2, S-3] }`),
    ).toEqual([
      { path: "matches", expected: true, actual: false },
      { path: "payload.Project.Title", expected: "Lake", actual: "Data lake" },
      { path: "payload.LifeCycle", expected: undefined, actual: { Stage: "Prospect" } },
      { path: "related.Solutions[0]", expected: "S-2", actual: "S-1" },
      { path: "related.Solutions[1]", expected: "S-3", actual: undefined },
    ]);
  });

  it("takes an issue that nobody expects for a difference, unless the record stays out anyway", () => {
    const source = "    source: { StageName: Verbal }\n";
    expect(differences(`${source}    expect: {}`).map(({ actual }) => actual)).toEqual([
      expect.objectContaining({ code: "missing", target: "Project.Title" }),
      expect.objectContaining({ code: "not-in-table", target: "LifeCycle.Stage" }),
    ]);
    expect(differences(`${source}    expect: { matches: false }`)).toEqual([]);
  });

  it("compares expected issues by code and target, each once, in any order", () => {
    const issue = (code: string, target: string) => `{ code: ${code}, target: ${target} }`;
    const [stage, title] = [issue("not-in-table", "LifeCycle.Stage"), issue("missing", "Project.Title")];
    const of = (list: string) => differences(`    source: { StageName: Verbal }\n    expect: { issues: [${list}] }`);
    expect(of(`${stage}, ${title}`)).toEqual([]);
    expect(of(`${stage}, ${title}, ${title}`)).toEqual([
      { path: "issues", expected: { code: "missing", target: "Project.Title" }, actual: undefined },
    ]);
    expect(of(title)).toEqual([
      { path: "issues", expected: undefined, actual: expect.objectContaining({ target: "LifeCycle.Stage" }) },
    ]);
  });

  it("runs the inbound rules: fields that rules are silent about are absent", () => {
    const inbound = "    inbound: { opportunity: { LifeCycle: { Stage: Launched, ReviewStatus: Submitted } } }\n";
    expect(differences(`${inbound}    expect: { fields: { StageName: Closed Won } }`)).toEqual([]);
    expect(
      differences(`${inbound}    expect: { fields: { Review_Status__c: Approved, StageName: Prospecting } }`),
    ).toEqual([
      { path: "fields.Review_Status__c", expected: "Approved", actual: undefined },
      { path: "fields.StageName", expected: "Prospecting", actual: "Closed Won" },
    ]);
    const unknown = "    inbound: { opportunity: { LifeCycle: { Stage: Committed } } }\n";
    expect(differences(`${unknown}    expect: { issues: [{ code: not-in-table, target: StageName }] }`)).toEqual([]);
  });

  it("runs a mapping of invitations", () => {
    const { invitation } = loadMapping({
      file: "lead.yaml",
      text: `version: 1
kind: invitation
id: testcrm.lead
crm: { connector: testcrm, object: Lead }
match: { Invitation.PayloadType: { eq: LeadInvitation } }
inbound: { Company: { from: Invitation.Payload.LeadInvitation.Customer.CompanyName } }
`,
    });
    if (invitation === undefined) throw new Error("the mapping is not well formed");
    const leads = compileInvitationMapping(invitation, { target: dealTarget });
    const payload = "Payload: { LeadInvitation: { Customer: { CompanyName: Globex } } }";
    const given = (type: string) => `    inbound: { invitation: { PayloadType: ${type}, ${payload} } }\n`;
    expect(
      differences(`${given("LeadInvitation")}    expect: { matches: true, fields: { Company: Globex } }`, leads),
    ).toEqual([]);
    expect(differences(`${given("OpportunityInvitation")}    expect: { matches: true }`, leads)).toEqual([
      { path: "matches", expected: true, actual: false },
    ]);
  });
});
