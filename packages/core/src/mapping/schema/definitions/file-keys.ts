import type { InvitationDocument, MappingDocument } from "../../document.ts";
import type { Definition } from "./definition.ts";

/** A key at the top of the file. */
export interface FileKey extends Definition {
  /** How it is written. */
  readonly form: string;
  /** Needed unless the file extends another: always, or in a mapping of opportunities only. */
  readonly needed?: "always" | "opportunity";
}

type OpportunityKey = Exclude<keyof MappingDocument, "file"> | "kind" | "extends";

/** Every key of a mapping file, in the order in which a file is best written. */
export const fileKeys: Readonly<Record<OpportunityKey, FileKey>> = {
  version: {
    form: "version: 1",
    needed: "always",
    summary: "The edition of the language. A new release of Cosell never changes what an old file means.",
  },
  kind: {
    form: "kind: invitation",
    summary: "What the mapping is about: `opportunity` where it does not say, or `invitation`.",
  },
  extends: {
    form: "extends: salesforce.opportunity",
    summary:
      "The mapping that this one is laid over: a shipped one by its id, or a file relative to this one. A rule, a reason or an authority written here replaces the base's, a table's rows are laid over the base's rows, and `null` removes one.",
  },
  id: {
    form: "id: salesforce.opportunity",
    needed: "always",
    summary: "The mapping's own name, by which another one extends it.",
  },
  crm: {
    form: "crm: { connector: salesforce, object: Opportunity }",
    needed: "always",
    summary: "The CRM's connector and the object that is mapped.",
  },
  match: {
    form: "match: { Cosell__c: { eq: true } }",
    summary: "A condition: which records take part. Without it, all do.",
  },
  link: {
    form: "link: { opportunityId: AWS_Opportunity_Id__c }",
    needed: "opportunity",
    summary: "The CRM field that keeps the opportunity's id.",
  },
  tables: { form: "tables: { stage: … }", summary: "Value tables, by the name with which rules call them." },
  outbound: {
    form: "outbound: { LifeCycle.Stage: … }",
    summary: "The rules from the CRM to AWS, by AWS path.",
  },
  inbound: {
    form: "inbound: { StageName: … }",
    summary:
      "The rules from AWS to the CRM, by CRM field. They read what AWS tells about the opportunity, AWS's own side of it under `Summary.`, what Cosell knows under `Link.`, and in a mapping of invitations `Invitation.`.",
  },
  authority: {
    form: "authority: { default: crm, LifeCycle.TargetCloseDate: aws }",
    summary:
      "Who wins when both sides changed a value since they last agreed, by AWS path; `default` is for all others.",
  },
  leftOut: {
    form: "leftOut: { Tags: They say nothing about the deal. }",
    summary:
      "AWS paths that are not mapped on purpose, each with its reason. Once it is there, every path needs a rule or a reason.",
  },
};

/** What a mapping of `kind: invitation` may say. */
export const invitationKeys: Readonly<Record<Exclude<keyof InvitationDocument, "file"> | "extends", true>> = {
  version: true,
  kind: true,
  extends: true,
  id: true,
  crm: true,
  match: true,
  tables: true,
  inbound: true,
};

/** What `crm` and `link` hold. */
export const crmKeys: Readonly<Record<keyof MappingDocument["crm"], Definition>> = {
  connector: { summary: "The connector: `salesforce`." },
  object: { summary: "The object, as the CRM's API calls it." },
};

/** What `link` holds. */
export const linkKeys: Readonly<Record<keyof MappingDocument["link"], Definition>> = {
  opportunityId: { summary: "A text field of the CRM that nothing else writes." },
};
