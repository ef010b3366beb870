import type { CrmField } from "@cosell/connector";
import { suggest } from "@cosell/core";
import { comment, scalar, todo } from "./yaml-words.ts";

/** What values of usual picklists mean at AWS, by how they begin. A guess like any other: a person looks at it. */
const usualValues: readonly (readonly [crm: string, aws: string])[] = [
  ["prospect", "Prospect"],
  ["qualif", "Qualified"],
  ["proposal", "Business Validation"],
  ["negotiat", "Committed"],
  ["closed won", "Launched"],
  ["closed lost", "Closed Lost"],
  ["new ", "Net New Business"],
  ["existing ", "Expansion"],
  ["lost to competitor", "Lost to Competitor - Other"],
];

/** A table that still wants a look. */
export interface TableSkeleton {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Does every value that the CRM offers mean the same at AWS already? */
export function speaksAws({ picklist = [] }: CrmField, values: readonly string[]): boolean {
  return picklist.length > 0 && picklist.every(({ value, active }) => !active || values.includes(value));
}

/** A row for every value of a picklist: what is surely or probably meant, and a comment where nothing is near. */
export function proposeTable(name: string, { picklist = [] }: CrmField, values: readonly string[]): TableSkeleton {
  const rows = picklist
    .filter(({ active }) => active)
    .map(({ value, label }) => {
      const same = values.find((candidate) => letters(candidate) === letters(value));
      if (same !== undefined) return `${scalar(value)}: ${scalar(same)}`;
      const guess = guessOf(value, values) ?? guessOf(label, values);
      const spoken = label === value ? "" : ` (${label})`;
      if (guess === undefined) return todo(`${scalar(value)}: which of AWS's values is it?${spoken}`);
      return `${scalar(value)}: ${scalar(guess)} ${todo(`a guess: check it.${spoken}`)}`;
    });
  const hasRow = rows.some((row) => !row.startsWith("#"));
  return {
    name,
    lines: [
      `  ${name}:`,
      ...comment(`AWS's values: ${values.join(", ")}`).map((line) => `    ${line}`),
      ...(hasRow ? ["    outbound:"] : []),
      ...rows.map((row) => `      ${row}`),
      ...(hasRow ? [] : ["    outbound: {}"]),
      `    otherwise: error ${todo("error keeps such a deal back; or omit, or { value: … }.")}`,
    ],
  };
}

function guessOf(words: string, values: readonly string[]): string | undefined {
  const small = words.toLowerCase();
  const usual = usualValues.find(([begin, aws]) => small.startsWith(begin) && values.includes(aws))?.[1];
  // Words that begin differently mean different things: Farming is not Gaming.
  const alike = values.filter((value) => value.toLowerCase().startsWith(small.slice(0, 1)));
  return usual ?? suggest(words, alike);
}

/** `FINANCIAL_SERVICES` and `Financial Services` are one value. */
const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
