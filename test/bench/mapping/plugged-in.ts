import type { OpportunityRecord } from "./opportunity-record.ts";

// What peers have no words for and take as functions.

/** A text cut to so many characters, without white space at its end. */
export function cutAt(value: string | null | undefined, longest: number): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.length <= longest ? value : value.slice(0, longest).trimEnd();
}

/** The values of a multi-select picklist. */
export function splitList(value: string | null | undefined): readonly string[] | undefined {
  return value ? value.split(";") : undefined;
}

/** What the customer will spend with AWS in a month, as a text with two places at most. */
export function monthlyAmount({
  AWS_Monthly_Spend__c: monthly,
  Amount: yearly,
}: OpportunityRecord): string | undefined {
  if (monthly === null && yearly === null) return undefined;
  const cents = monthly === null ? ((yearly ?? 0) * 100) / 12 : monthly * 100;
  return String(Math.round(cents) / 100);
}
