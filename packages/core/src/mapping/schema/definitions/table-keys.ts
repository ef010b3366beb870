import type { MissPolicy, Table } from "../../document.ts";
import type { Definition, ShownDefinition } from "./definition.ts";

/** What a table may say. */
export const tableKeys: Readonly<Record<Exclude<keyof Table, "name"> | "extends", Definition>> = {
  extends: {
    summary:
      "A file with `outbound`, `inbound` and `otherwise` of its own, over which this table's rows are laid. In an overlay, `null` starts the table anew.",
  },
  outbound: { summary: "The CRM's value on the left, AWS's on the right." },
  inbound: {
    summary:
      "AWS's value on the left, the CRM's on the right: the only values that come back. Without it, the outbound rows are read backwards where that is unambiguous.",
  },
  otherwise: { summary: "What becomes of a value that has no row. A table must say it." },
};

/** What `otherwise` may be. */
export const missPolicies: Readonly<Record<MissPolicy["kind"], ShownDefinition & { readonly form: string }>> = {
  error: {
    form: "otherwise: error",
    summary: "The value is an issue, and the target stays without a value.",
    example: {
      outbound: "LifeCycle.Stage: { from: StageName, table: stage }",
      tables: "stage: { outbound: { Prospecting: Prospect }, otherwise: error }",
      record: { StageName: "Discovery" },
      gives: {},
      issues: ["not-in-table LifeCycle.Stage"],
    },
  },
  omit: {
    form: "otherwise: omit",
    summary: "There is no value, without an issue; `default` may give one.",
    example: {
      outbound: "Project.CompetitorName: { from: Rival__c, table: rival }",
      tables: "rival: { outbound: { Google: Google Cloud Platform }, otherwise: omit }",
      record: { Rival__c: "Nobody" },
      gives: {},
    },
  },
  value: {
    form: "otherwise: { value: Other }",
    summary: "This value.",
    example: {
      outbound: "Customer.Account.Industry: { from: Account.Industry, table: industry }",
      tables: "industry: { outbound: { Banking: Financial Services }, otherwise: { value: Other } }",
      record: { Account: { Industry: "Fishing" } },
      gives: { "Customer.Account.Industry": "Other" },
    },
  },
};
