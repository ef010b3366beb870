import type { Mistake } from "./mistake.ts";

/** Mappings of kind invitation. */
export const invitations: readonly Mistake[] = [
  {
    name: "an outbound half",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
inbound:
  AWS_Sync_Status__c: { from: Invitation.Id }
outbound: {}
`,
    },
    findings: [{ line: 7, column: 1, code: "unknown-key" }],
  },
  {
    name: "no rules",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
`,
    },
    findings: [{ line: 4, column: 39, code: "empty-mapping" }],
  },
  {
    name: "a kind that does not exist",
    mapping: {
      whole: `version: 1
kind: invitaton
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
`,
    },
    findings: [{ line: 2, column: 7, code: "unknown-choice", suggestion: "invitation" }],
  },
  {
    name: "a misspelt path of the invitation",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
inbound:
  AWS_Sync_Status__c: { from: Invitation.Payload.LeadInvitation.Customer.CompanName }
`,
    },
    findings: [
      {
        line: 6,
        column: 31,
        code: "unknown-target-field",
        suggestion: "Invitation.Payload.LeadInvitation.Customer.CompanyName",
      },
    ],
  },
  {
    name: "a kind of payload that does not exist",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
match: { Invitation.PayloadType: { eq: LeadInvitaton } }
inbound:
  AWS_Sync_Status__c: { from: Invitation.Id }
`,
    },
    findings: [{ line: 5, column: 40, code: "never-holds", suggestion: "LeadInvitation", severity: "warning" }],
  },
  {
    name: "a condition that excludes what match asks for",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
match: { Invitation.PayloadType: { eq: LeadInvitation } }
inbound:
  AWS_Sync_Status__c: { from: Invitation.Id, when: { Invitation.PayloadType: { eq: OpportunityInvitation } } }
`,
    },
    findings: [{ line: 7, column: 54, code: "never-holds", severity: "warning" }],
  },
  {
    name: "a field that is set by the CRM when a record is made",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
inbound:
  Made_Once__c: { from: Invitation.Id }
  CreatedDate: { from: Invitation.InvitationDate }
`,
    },
    findings: [{ line: 7, column: 3, code: "not-writable" }],
  },
  {
    name: "a field that can be edited and not set on a new record",
    mapping: {
      whole: `version: 1
kind: invitation
id: a
crm: { connector: salesforce, object: Opportunity }
inbound:
  AWS_Invitation_Id__c: { from: Invitation.Id }
  Edited_Only__c: { from: Invitation.Id }
`,
    },
    findings: [{ line: 7, column: 3, code: "not-writable" }],
  },
];
