import type { JsonObject, JsonValue } from "@cosell/connector";
import { isList, isObject } from "@cosell/core";
import type { InvitationRule, InvitationTest } from "./settings.ts";

/**
 * The first rule that holds for an invitation, as `GetEngagementInvitation` gives it; `undefined`: a person decides.
 * Pure.
 */
export function ruleFor(
  invitation: JsonObject,
  hasDuplicates: boolean,
  rules: readonly InvitationRule[],
): InvitationRule | undefined {
  return rules.find(({ when, take, duplicates = take === "accept" ? "none" : "any" }) => {
    if (hasDuplicates && duplicates === "none") return false;
    return Object.entries(when).every(([path, test]) => holds(test, valuesAt({ Invitation: invitation }, path)));
  });
}

function holds(test: InvitationTest, values: readonly JsonValue[]): boolean {
  if ("exists" in test) return values.length > 0 === test.exists;
  if ("in" in test) return values.some((value) => test.in.some((wanted) => same(value, wanted)));
  if ("notIn" in test) return !values.some((value) => test.notIn.some((wanted) => same(value, wanted)));
  if ("contains" in test) return values.some((value) => plain(value).includes(plain(test.contains)));
  const numbers = values.map(Number).filter((number) => !Number.isNaN(number));
  return "atLeast" in test
    ? numbers.some((number) => number >= test.atLeast)
    : numbers.some((number) => number <= test.atMost);
}

const same = (value: JsonValue, wanted: string | number | boolean): boolean => plain(value) === plain(wanted);

const plain = (value: JsonValue): string =>
  isObject(value) || isList(value) ? "" : String(value).trim().toLowerCase();

/** Every value at a path, lists looked into: `Invitation.Payload.OpportunityInvitation.Project.ExpectedCustomerSpend[].Amount`. */
function valuesAt(root: JsonValue, path: string): readonly JsonValue[] {
  let values: readonly JsonValue[] = [root];
  for (const segment of path.split(".")) {
    const name = segment.replace(/\[\]$/, "");
    values = values
      .flatMap((value) => (isObject(value) ? [value[name] ?? null] : []))
      .flatMap((value) => (isList(value) ? value : [value]));
  }
  return values.filter((value) => value !== null && value !== "");
}
