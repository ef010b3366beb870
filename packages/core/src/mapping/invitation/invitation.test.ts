import { describe, expect, it } from "@jest/globals";
import { failureOf, type JsonObject } from "@cosell/connector";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { formatFinding } from "../finding.ts";
import { loadMapping } from "../load/load-mapping.ts";
import type { InvitationMapping } from "../mapping.ts";
import { checkInvitationMapping } from "./check-invitation.ts";
import { compileInvitationMapping } from "./compile-invitation.ts";

const head = "version: 1\nkind: invitation\nid: testcrm.lead\ncrm: { connector: testcrm, object: Lead }\n";
const lead = `${head}match: { Invitation.PayloadType: { eq: LeadInvitation } }
tables: { stage: { outbound: { New: Prospect }, otherwise: omit } }
inbound:
  Company: { from: Invitation.Payload.LeadInvitation.Customer.CompanyName, required: true }
  Kind: { from: Invitation.PayloadType, when: { Invitation.PayloadType: { ne: OpportunityInvitation } } }
  Stage: { from: LifeCycle.Stage, table: stage }
  Source: { const: AWS }
`;

function findingsOf(text: string): readonly string[] {
  const { invitation, findings } = loadMapping({ file: "lead.yaml", text });
  const meant = invitation === undefined ? [] : checkInvitationMapping(invitation, { target: dealTarget });
  return [...findings, ...meant].map(formatFinding);
}

function compile(text: string, base?: string): InvitationMapping {
  const resolve = (file: string) => (base === undefined ? undefined : { file, text: base });
  const { invitation, document, findings } = loadMapping({ file: "lead.yaml", text, resolve });
  expect(document).toBeUndefined();
  if (invitation === undefined) throw new Error(findings.map(formatFinding).join("\n"));
  return compileInvitationMapping(invitation, { target: dealTarget });
}

const invitation: JsonObject = {
  PayloadType: "LeadInvitation",
  Payload: { LeadInvitation: { Customer: { CompanyName: "Acme" } } },
};

describe("an invitation mapping", () => {
  const mapping = compile(lead);

  it("says what it makes, and of which invitations", () => {
    expect(mapping).toMatchObject({
      kind: "invitation",
      id: "testcrm.lead",
      crm: { connector: "testcrm", object: "Lead" },
    });
    expect(mapping.matches(invitation)).toBe(true);
    expect(mapping.matches({ PayloadType: "OpportunityInvitation" })).toBe(false);
  });

  it("reads the invitation; what needs the opportunity waits until it is accepted", () => {
    const fields = (opportunity: { readonly opportunity?: JsonObject }) =>
      mapping.inbound.map((rule) => [rule.field, rule.run({ invitation, ...opportunity })]);
    expect(fields({})).toEqual([
      ["Company", { kind: "value", value: "Acme" }],
      ["Kind", { kind: "value", value: "LeadInvitation" }],
      ["Stage", { kind: "skip" }],
      ["Source", { kind: "value", value: "AWS" }],
    ]);
    expect(fields({ opportunity: { LifeCycle: { Stage: "Prospect" } } })[2]).toEqual([
      "Stage",
      { kind: "value", value: "New" },
    ]);
  });

  it("says what the invitation lacks", () => {
    expect(mapping.inbound[0]?.run({ invitation: { PayloadType: "LeadInvitation" } })).toMatchObject({
      kind: "issue",
      issue: { code: "missing", target: "Company", rule: { file: "lead.yaml", line: 8 } },
    });
  });

  it("is extended as any mapping is", () => {
    const own = compile("extends: base.yaml\ninbound: { Stage: null, Kind: { const: lead } }\n", lead);
    expect(own.inbound.map(({ field, rule }) => `${field} ${rule.file}`)).toEqual([
      "Company base.yaml",
      "Kind lead.yaml",
      "Source base.yaml",
    ]);
    expect(own.hash).not.toBe(mapping.hash);
    expect(compile("extends: base.yaml\n", lead).hash).toBe(mapping.hash);
  });
});

describe("what is wrong with an invitation mapping", () => {
  it.each([
    ["nothing", lead, []],
    [
      "an outbound half",
      `${lead}outbound: {}\n`,
      [
        'lead.yaml:12:1  error  unknown-key  An invitation mapping has no key "outbound". It may have: version, kind, extends, id, crm, match, tables, inbound.',
      ],
    ],
    [
      "a misspelt kind",
      lead.replace("kind: invitation", "kind: invitatoin").replace(/match[^]*/u, "link: { opportunityId: Id__c }\n"),
      [
        "lead.yaml:2:7  error  unknown-choice  kind must be one of: opportunity, invitation. (did you mean invitation?)",
      ],
    ],
    [
      "a path that no invitation has, and a value that none has",
      `${head}match: { Invitation.PayloadTyp: { eq: Lead } }\ninbound: { Kind: { from: Invitation.Payload.CompanyName } }\n`,
      ["lead.yaml:5:10  error  unknown-target-field", "lead.yaml:6:26  error  unknown-target-field"],
    ],
    ["no rule", head, ["lead.yaml:4:36  error  empty-mapping"]],
  ])("%s", (_what, text, expected) => {
    const findings = findingsOf(text);
    expect(findings.map((finding, place) => finding.slice(0, expected[place]?.length))).toEqual(expected);
  });

  it("keeps it from being compiled", () => {
    const error = (() => {
      try {
        return compile(`${head}inbound: { Kind: { from: Invitation.Nothing } }\n`);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(failureOf(error)).toMatchObject({ kind: "config" });
    expect(failureOf(error)?.message).toContain("lead.yaml:5:26");
  });
});

describe("an opportunity's mapping", () => {
  it("may say its kind", () => {
    const text = head.replace("kind: invitation", "kind: opportunity");
    const { document, findings } = loadMapping({ file: "deal.yaml", text: `${text}link: { opportunityId: Id__c }\n` });
    expect(findings).toEqual([]);
    expect(document?.id).toBe("testcrm.lead");
  });
});
