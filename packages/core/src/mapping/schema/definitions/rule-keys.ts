import type { Rule, RuleBody, Write } from "../../document.ts";
import type { Definition, ShownDefinition } from "./definition.ts";

/** What goes with a rule's verb, in the order in which it works: `when`, the verb, then these. */
export const bodyKeys: Readonly<Record<Exclude<keyof RuleBody, "at" | "source">, ShownDefinition>> = {
  when: {
    summary:
      "A condition: the rule works only where it holds. It may name fields of the CRM, and AWS paths that are mapped above.",
    example: {
      outbound: [
        "LifeCycle.Stage: { from: StageName }",
        "LifeCycle.ClosedLostReason: { from: Loss_Reason__c, when: { LifeCycle.Stage: { eq: Closed Lost } } }",
      ].join("\n"),
      record: { StageName: "Qualified", Loss_Reason__c: "Price" },
      gives: { "LifeCycle.Stage": "Qualified" },
    },
  },
  steps: {
    summary:
      "What is done with the value, one step after the other. A step on one value works on every item of a list.",
    example: {
      outbound: "Project.Title: { from: Name, steps: [trim, { truncate: 9 }] }",
      record: { Name: "  Data lake for Acme" },
      gives: { "Project.Title": "Data lake" },
      issues: ["truncated Project.Title"],
    },
  },
  table: {
    summary: "The table that translates the value, by its name under `tables`.",
    example: {
      outbound: "LifeCycle.Stage: { from: StageName, table: stage }",
      tables: "stage: { outbound: { Prospecting: Prospect, Closed Won: Launched }, otherwise: error }",
      record: { StageName: "Closed Won" },
      gives: { "LifeCycle.Stage": "Launched" },
    },
  },
  default: {
    summary: "The value where there is none. It is sent as it stands: steps and table do not touch it.",
    example: {
      outbound: "OpportunityType: { from: Type, default: Net New Business }",
      record: { Type: "" },
      gives: { OpportunityType: "Net New Business" },
    },
  },
};

/** What only a whole rule says, never an option of `choose`. */
export const ruleOnlyKeys: Readonly<Record<Exclude<keyof Rule, "target" | "body">, ShownDefinition>> = {
  required: {
    summary: "Without a value, the deal is not sent; the CRM's user is told which field is empty.",
    example: {
      outbound: "Customer.Account.CompanyName: { from: Account.Name, required: true }",
      record: { Account: { Name: null } },
      gives: {},
      issues: ["missing Customer.Account.CompanyName"],
    },
  },
  write: {
    summary: "When the value is written.",
    example: {
      outbound: "Project.AdditionalComments: { from: Description, write: once }",
      record: { Description: "Wants to start in May." },
      gives: { "Project.AdditionalComments": "Wants to start in May." },
    },
  },
};

/** What `write` may be. */
export const writes: Readonly<Record<Write, Definition>> = {
  always: { summary: "Whenever it changes. What holds where nothing is said." },
  once: { summary: "Only at the creation." },
  "if-empty": { summary: "Only where the other side has none." },
};
