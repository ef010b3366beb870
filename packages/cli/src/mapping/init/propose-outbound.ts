import type { SchemaSnapshot } from "@cosell/connector";
import { suggest, type TargetModel } from "@cosell/core";
import { candidatesOf, contactsOf, type CrmCandidate } from "./crm-candidates.ts";
import { fits, type ProposedRule, proposeRule } from "./propose-rule.ts";
import { proposeSpend } from "./propose-spend.ts";
import { findByName, plainNames, usualContactNames, usualNames } from "./usual-names.ts";
import { todo } from "./yaml-words.ts";

const countryCode = "Customer.Account.Address.CountryCode";
const stateOrRegion = "Customer.Account.Address.StateOrRegion";
const industry = "Customer.Account.Industry";

/** Proposes the outbound half: by usual names first, then by likeness of names. `link` keeps AWS's id: it is not sent. */
export function proposeOutbound(
  schema: SchemaSnapshot,
  model: TargetModel,
  link: string | undefined,
): readonly ProposedRule[] {
  const candidates = candidatesOf(schema).filter(({ path }) => path !== link);
  const country = findUsual(countryCode, candidates)?.path;
  const usual = usualNames.flatMap(({ target }) => {
    const found = findUsual(target, candidates);
    const field = model.writable.get(target);
    return found === undefined || field === undefined || !fits(found.field, field)
      ? []
      : [{ from: found.path, rule: refined(proposeRule(found, field, model), found) }];
  });
  const spend = proposeSpend(candidates);
  const title = proposeTitle(candidates);
  const contacts = proposeContacts(schema, model, country);
  const rules = [
    ...fixed,
    ...usual.map(({ rule }) => rule),
    ...[title, contacts, spend?.rule, proposeOtherIndustry(candidates)].filter((rule) => rule !== undefined),
  ];
  const used = new Set([...usual.map(({ from }) => from), ...(spend?.used ?? [])]);
  return complete([...rules, ...proposeByLikeness(rules, candidates, used, model)], model);
}

function findUsual(target: string, candidates: readonly CrmCandidate[]): CrmCandidate | undefined {
  const usual = usualNames.find((each) => each.target === target);
  return usual && findByName(candidates, usual.role, usual.names);
}

/** What most deals say alike. */
const fixed: readonly ProposedRule[] = [
  { target: "Origin", body: "{ const: Partner Referral }" },
  { target: "NationalSecurity", body: '{ const: "No" }' },
  { target: "Marketing.Source", body: "{ const: None }", comment: todo("Marketing Activity for deals of a campaign.") },
  { target: "Assignee.BusinessTitle", body: "{ const: OpportunityOwner }" },
];

/** Some targets only go with a value of another. */
function refined(rule: ProposedRule, { path }: CrmCandidate): ProposedRule {
  switch (rule.target) {
    case stateOrRegion:
      return {
        ...rule,
        body: `{ from: ${path}, steps: [state], when: { ${countryCode}: { eq: US } } }`,
        comment: "# AWS takes a state for the United States only.",
      };
    case "LifeCycle.ClosedLostReason":
      return { ...rule, body: rule.body.replace(/ \}$/, ", when: { LifeCycle.Stage: { eq: Closed Lost } } }") };
    default:
      return rule;
  }
}

function proposeTitle(candidates: readonly CrmCandidate[]): ProposedRule | undefined {
  const names = ["name", "dealname", "title", "topic", "subject"];
  const own = findByName(candidates, "deal", names);
  const company = findByName(candidates, "company", ["name", "companyname", "accountname"]);
  if (own === undefined) return undefined;
  const template = company === undefined ? `{${own.path}}` : `{${company.path}} - {${own.path}}`;
  return { target: "Project.Title", body: `{ template: "${template}", steps: [{ truncate: 255 }] }` };
}

/** AWS wants a name for the industry Other. */
function proposeOtherIndustry(candidates: readonly CrmCandidate[]): ProposedRule | undefined {
  const found = findUsual(industry, candidates);
  const body = `{ from: ${found?.path ?? ""}, when: { ${industry}: { eq: Other } } }`;
  return found && { target: "Customer.Account.OtherIndustry", body };
}

function proposeContacts(
  schema: SchemaSnapshot,
  model: TargetModel,
  country: string | undefined,
): ProposedRule | undefined {
  const contacts = contactsOf(schema);
  if (contacts === undefined) return undefined;
  const members = usualContactNames.flatMap(({ target, names }) => {
    const found = findByName(contacts.candidates, "contact", names);
    const field = model.writable.get(`Customer.Contacts[].${target}`);
    if (found === undefined || field === undefined) return [];
    const { body } = proposeRule(found, field, model, { country });
    return [`\n      ${target}: ${body}`];
  });
  if (members.length === 0) return undefined;
  return { target: "Customer.Contacts", body: `\n    each: ${contacts.list}\n    fields:${members.join("")}` };
}

/** AWS fills these itself, or they belong to programmes that a person must know of. */
const notProposed =
  /^(LifeCycle\.(Review|NextStepsHistory)|OpportunityTeam|Tags|SoftwareRevenue|Assignee|Submission|Marketing|Project\.(ExpectedContractDuration|AwsPartition|RelatedOpportunity))/;

/** Fields of the deal whose name is like that of an AWS field which no rule fills yet. */
function proposeByLikeness(
  rules: readonly ProposedRule[],
  candidates: readonly CrmCandidate[],
  used: ReadonlySet<string>,
  model: TargetModel,
): readonly ProposedRule[] {
  const left = new Map(
    candidates
      .filter(({ role, path }) => role === "deal" && !used.has(path))
      .flatMap((candidate) => plainNames(candidate.field.name).map((name) => [name, candidate] as const)),
  );
  return [...model.writable.values()].flatMap((field) => {
    const { path, type } = field;
    const isLeaf = type !== "structure" && type !== "map" && !path.includes("[]");
    const isMapped = rules.some(({ target }) => path === target || path.startsWith(`${target}.`));
    if (!isLeaf || isMapped || notProposed.test(path)) return [];
    const fitting = [...left].filter(([, candidate]) => fits(candidate.field, field)).map(([name]) => name);
    const name = suggest(path.slice(path.lastIndexOf(".") + 1), fitting);
    const found = name === undefined ? undefined : left.get(name);
    if (found === undefined) return [];
    for (const each of plainNames(found.field.name)) left.delete(each);
    return [{ ...proposeRule(found, field, model), comment: todo("found by its name only: check it.") }];
  });
}

/** Leaves out what cannot be whole: a structure without a member that AWS requires in it. In the model's order. */
function complete(rules: readonly ProposedRule[], { writable }: TargetModel): readonly ProposedRule[] {
  const has = (path: string): boolean => rules.some(({ target }) => target === path || target.startsWith(`${path}.`));
  const lacking = [...writable.values()]
    .filter(({ path, required }) => required && !path.includes("[]") && !has(path))
    .map(({ path }) => path.slice(0, path.lastIndexOf(".") + 1))
    .filter((parent) => parent !== "");
  const order = [...writable.keys()];
  // A condition may name only targets above it.
  const placeOf = (target: string): number => order.indexOf(target === stateOrRegion ? countryCode : target);
  return rules
    .filter(({ target }) => !lacking.some((parent) => target.startsWith(parent)))
    .toSorted((one, other) => placeOf(one.target) - placeOf(other.target));
}
