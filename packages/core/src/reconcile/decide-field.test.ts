import { describe, expect, it } from "@jest/globals";
import { decideField, type FieldCase } from "./decide-field.ts";

const plain: FieldCase = {
  crm: "old",
  aws: "old",
  base: { crm: "old", aws: "old" },
  same: (a, b) => a === b,
  authority: "crm",
  lock: { lock: "editable" },
  outbound: true,
  inbound: false,
};
const locked = { lock: "locked", reason: "In review." } as const;

/** The table of the three-way decision, row by row. */
const rows: readonly (readonly [string, Partial<FieldCase>, string])[] = [
  ["nothing changed", {}, "unchanged"],
  [
    "nothing changed, sides spelled differently",
    { crm: "531", aws: "531.0", base: { crm: "531", aws: "531.0" } },
    "unchanged",
  ],
  ["CRM changed", { crm: "new" }, "outbound changed-in-crm"],
  ["CRM cleared", { crm: undefined }, "outbound changed-in-crm"],
  ["CRM changed, locked", { crm: "new", lock: locked }, "deferred"],
  ["CRM changed, AWS would ignore it", { crm: "new", lock: { lock: "ignored", reason: "Launched." } }, "deferred"],
  ["AWS did not take what was sent", { crm: "new", base: { crm: "old", aws: "old" }, notTaken: true }, "held"],
  [
    "AWS did not take what was sent, mapped inbound: never written over the CRM's",
    { crm: "new", base: { crm: "old", aws: "old" }, notTaken: true, inbound: true },
    "held",
  ],
  [
    "AWS did not take what was sent, and has it locked by now",
    { crm: "new", base: { crm: "old", aws: "old" }, notTaken: true, lock: locked },
    "deferred",
  ],
  ["CRM changed, sync is inbound only", { crm: "new", outbound: false }, "held"],
  ["CRM changed, the rule writes once", { crm: "new", outbound: "kept" }, "accept"],
  ["AWS changed, the rule writes once: no repair", { aws: "new", outbound: "kept" }, "accept"],
  ["AWS changed, mapped inbound", { aws: "new", inbound: true }, "inbound changed-at-aws"],
  ["AWS changed, not mapped inbound", { aws: "new" }, "outbound drift-repaired"],
  ["AWS changed, not mapped inbound, locked", { aws: "new", lock: locked }, "deferred"],
  ["AWS changed, AWS has authority, not mapped inbound", { aws: "new", authority: "aws" }, "accept"],
  ["AWS changed, a person is to be asked", { aws: "new", authority: "ask" }, "accept"],
  ["both changed to the same", { crm: "new", aws: "new" }, "agreed"],
  ["both changed, CRM has authority", { crm: "mine", aws: "theirs", inbound: true }, "outbound crm-has-authority"],
  [
    "both changed, AWS has authority",
    { crm: "mine", aws: "theirs", authority: "aws", inbound: true },
    "inbound aws-has-authority",
  ],
  ["both changed, AWS has authority, no way back", { crm: "mine", aws: "theirs", authority: "aws" }, "accept"],
  ["both changed, ask", { crm: "mine", aws: "theirs", authority: "ask", inbound: true }, "conflict"],
  ["both changed, ask, locked", { crm: "mine", aws: "theirs", authority: "ask", lock: locked }, "conflict"],
  ["no base, equal", { base: undefined }, "agreed"],
  ["no base, only the CRM has a value", { base: undefined, aws: undefined }, "outbound changed-in-crm"],
  ["no base, only AWS has a value: never cleared", { base: undefined, crm: undefined }, "accept"],
  [
    "no base, only AWS has a value, mapped inbound",
    { base: undefined, crm: undefined, inbound: true },
    "inbound changed-at-aws",
  ],
  ["no base, both differ, ask", { base: undefined, crm: "mine", aws: "theirs", authority: "ask" }, "conflict"],
];

describe("decideField", () => {
  it.each(rows)("%s", (_name, changes, expected) => {
    const decision = decideField({ ...plain, ...changes });
    expect("reason" in decision ? `${decision.kind} ${decision.reason}` : decision.kind).toBe(expected);
  });
});
