import type { CrmCandidate } from "./crm-candidates.ts";
import type { ProposedRule } from "./propose-rule.ts";
import { findByName, usualAmounts, usualCurrencies, usualMonthlySpends } from "./usual-names.ts";
import { todo } from "./yaml-words.ts";

/** The expected monthly spend: from a field that says so, else a twelfth of the deal's amount, which a person must judge. */
export function proposeSpend(
  candidates: readonly CrmCandidate[],
): { readonly rule: ProposedRule; readonly used: readonly string[] } | undefined {
  const monthly = findByName(candidates, "deal", usualMonthlySpends);
  const source = monthly ?? findByName(candidates, "deal", usualAmounts);
  if (source === undefined) return undefined;
  const currency = findByName(candidates, "deal", usualCurrencies);
  const steps = monthly === undefined ? "{ divide: 12 }, { decimal: 2 }" : "{ decimal: 2 }";
  const code = currency === undefined ? "{ const: USD }" : `{ from: ${currency.path}, default: USD }`;
  const body = [
    `when: { ${source.path}: { exists: true } }`,
    "list:",
    `  - Amount: { from: ${source.path}, steps: [${steps}] }`,
    `    CurrencyCode: ${code}`,
    "    Frequency: { const: Monthly }",
    "    TargetCompany: { const: AWS }",
  ];
  const comment = todo(
    monthly === undefined
      ? "AWS asks for the monthly spend at AWS: is a twelfth of the amount right for your deals?"
      : "the deal's currency, if it is not always USD.",
  );
  const rule = { target: "Project.ExpectedCustomerSpend", body: `\n    ${body.join("\n    ")}`, comment };
  return { rule, used: [source.path] };
}
