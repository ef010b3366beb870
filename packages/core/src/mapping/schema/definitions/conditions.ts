import type { JsonObject } from "@cosell/connector";
import type { Comparison, Condition } from "../../document.ts";
import type { Definition } from "./definition.ts";

/** A word of a condition, with a record for which it holds and one for which it does not. */
export interface ConditionDefinition extends Definition {
  /** As it stands after `match:` or `when:`. */
  readonly condition: string;
  readonly holds: JsonObject;
  readonly fails: JsonObject;
}

/** How a path is compared. An absent value equals nothing, is in no list, and is neither greater nor less. */
export const comparisons: Readonly<Record<Comparison, ConditionDefinition>> = {
  eq: {
    summary: "Is this value. A list is it when one of its items is.",
    condition: "{ StageName: { eq: Closed Won } }",
    holds: { StageName: "Closed Won" },
    fails: { StageName: "Closed Lost" },
  },
  ne: {
    summary: "Is not this value; an absent one is not.",
    condition: "{ StageName: { ne: Prospecting } }",
    holds: { StageName: "Closed Won" },
    fails: { StageName: "Prospecting" },
  },
  in: {
    summary: "Is one of these values.",
    condition: "{ StageName: { in: [Closed Won, Closed Lost] } }",
    holds: { StageName: "Closed Lost" },
    fails: { StageName: "Prospecting" },
  },
  notIn: {
    summary: "Is none of these values; an absent one is none of them.",
    condition: "{ StageName: { notIn: [Closed Won, Closed Lost] } }",
    holds: {},
    fails: { StageName: "Closed Lost" },
  },
  exists: {
    summary: "`true`: there is a value. `false`: there is none, or it is empty.",
    condition: "{ CampaignId: { exists: true } }",
    holds: { CampaignId: "701000000000001" },
    fails: { CampaignId: "" },
  },
  gt: {
    summary: "Is greater. Numbers by size, dates and other texts by their letters.",
    condition: "{ Amount: { gt: 1000 } }",
    holds: { Amount: 1000.5 },
    fails: { Amount: 1000 },
  },
  gte: {
    summary: "Is greater, or the same.",
    condition: "{ CloseDate: { gte: 2026-01-01 } }",
    holds: { CloseDate: "2026-01-01" },
    fails: { CloseDate: "2025-12-31" },
  },
  lt: {
    summary: "Is less.",
    condition: "{ Amount: { lt: 1000 } }",
    holds: { Amount: 999 },
    fails: {},
  },
  lte: {
    summary: "Is less, or the same.",
    condition: "{ Amount: { lte: 1000 } }",
    holds: { Amount: 1000 },
    fails: { Amount: 1000.5 },
  },
};

/** How conditions are joined. What stands side by side must all hold. */
export const joiners: Readonly<Record<Exclude<Condition["kind"], "test">, ConditionDefinition>> = {
  all: {
    summary: "All of these hold.",
    condition: "{ all: [{ Amount: { gte: 1000 } }, { Amount: { lt: 5000 } }] }",
    holds: { Amount: 1000 },
    fails: { Amount: 5000 },
  },
  any: {
    summary: "At least one of these holds.",
    condition: "{ any: [{ Type: { eq: New Customer } }, { Amount: { gt: 1000 } }] }",
    holds: { Type: "New Customer", Amount: 10 },
    fails: { Type: "Renewal", Amount: 10 },
  },
  not: {
    summary: "This does not hold.",
    condition: "{ not: { Type: { eq: Renewal } } }",
    holds: { Type: "New Customer" },
    fails: { Type: "Renewal" },
  },
};
