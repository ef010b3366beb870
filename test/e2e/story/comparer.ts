import { type InvitationFacts, type OpportunityFacts, readAwsFacts } from "./aws-facts.ts";
import type { Comparable, RecordFacts } from "./story-crm.ts";
import type { LostValue, Story } from "./story.ts";
import { type Told, whatIsTold } from "./what-is-told.ts";

/** What a comparison found, one sentence each; and how much it looked at. */
export interface Comparison {
  readonly problems: readonly string[];
  readonly pairs: number;
  readonly fieldsAgreed: number;
  readonly fieldsTold: number;
}

/**
 * Judges from outside, by what the two servers hold. The product's word counts only for why a difference is meant: what
 * its user is told as deferred, conflict, held or failed.
 */
export async function compare(story: Story): Promise<Comparison> {
  const { crm, emulators, store, seed } = story.world;
  const records = await crm.facts();
  const { opportunities, invitations } = await readAwsFacts(emulators.admin.url);
  const told = await whatIsTold(store);
  const byId = new Map(opportunities.map((opportunity) => [opportunity.id, opportunity]));
  let [pairs, fieldsAgreed, fieldsTold] = [0, 0, 0];
  const problems = [...twice(records, opportunities), ...invited(records, invitations)];
  for (const record of records) {
    const said = told.of(record.ref);
    const opportunity = record.opportunityId === null ? undefined : byId.get(record.opportunityId);
    if (said.some(({ path }) => path === "") && !mayStop(record, story)) {
      problems.push(`${record.ref} is stopped as a whole: ${said.map(({ reason }) => reason).join(" ")}`);
    }
    if (record.deleted) continue;
    if (opportunity === undefined) {
      if (record.shared && !record.closed && said.length === 0)
        problems.push(`${record.ref} is not at AWS, and nobody says why.`);
      if (record.opportunityId !== null)
        problems.push(`${record.ref} names ${record.opportunityId}, which AWS has not.`);
      continue;
    }
    pairs += 1;
    const expected = Object.entries({ ...record.sent, ...record.shown, ...story.constants });
    for (const [path, value] of expected) {
      const held = opportunity.at(path);
      if (isSame(path, value, held) || isTakenOver(path, value, opportunity)) fieldsAgreed += 1;
      else if (said.some((one) => covers(one.path, path) && one.reason.length > 10)) fieldsTold += 1;
      else if (isEmpty(value) && (await told.accepted(record.ref)).includes(path)) fieldsTold += 1;
      else
        problems.push(`${record.ref} ${path}: the CRM has ${shown(value)}, AWS ${shown(held)}, and nobody says why.`);
    }
  }
  problems.push(...(await unjournaled(story.lost, told)));
  return { problems: problems.map((problem) => `seed ${seed}: ${problem}`), pairs, fieldsAgreed, fieldsTold };
}

/** A deal may be held as a whole when the story stopped it, or when it has never reached AWS's review. */
function mayStop({ ref, opportunityId, shared }: RecordFacts, { stopped }: Story): boolean {
  return stopped.has(ref) || opportunityId === null || !shared;
}

/** No opportunity belongs to two records, none carries another's id, and every one belongs to a record. */
function twice(records: readonly RecordFacts[], opportunities: readonly OpportunityFacts[]): readonly string[] {
  const refs = new Set(records.map(({ ref }) => ref));
  const owners = Map.groupBy(
    records.filter(({ opportunityId }) => opportunityId !== null),
    ({ opportunityId }) => opportunityId,
  );
  const carried = Map.groupBy(
    opportunities.filter(({ crmRef }) => crmRef !== null),
    ({ crmRef }) => crmRef,
  );
  return [
    ...[...owners].flatMap(([id, own]) =>
      own.length > 1 ? [`${own.map(({ ref }) => ref).join(" and ")} share opportunity ${String(id)}.`] : [],
    ),
    ...[...carried].flatMap(([ref, own]) =>
      own.length > 1 ? [`${own.map(({ id }) => id).join(" and ")} both carry ${String(ref)}.`] : [],
    ),
    ...opportunities
      .filter(({ id, crmRef }) => !owners.has(id) && !refs.has(crmRef ?? ""))
      .map(({ id }) => `Opportunity ${id} belongs to no record.`),
  ];
}

/**
 * A deal that AWS passed on begins as AWS has it: what its record does not hold nobody has cleared, and that it belongs to
 * whoever Cosell is in the CRM is nobody's wish.
 */
function isTakenOver(path: string, value: Comparable, { referred }: OpportunityFacts): boolean {
  return referred && (isEmpty(value) || ["PartnerOpportunityIdentifier", "Assignee.Email"].includes(path));
}

/** An invitation that was not accepted has no record; one that was made early for it is not shared. */
function invited(records: readonly RecordFacts[], invitations: readonly InvitationFacts[]): readonly string[] {
  return invitations
    .filter(({ status, company }) => status !== "ACCEPTED" && company.startsWith("Referred"))
    .flatMap(({ id, company, countryCode }) =>
      records
        .filter(({ title }) => title === company || title.startsWith(`${company} - `))
        .filter(({ shared, opportunityId }) => countryCode !== "JP" || shared || opportunityId !== null)
        .map(({ ref }) => `${id} was not accepted and has record ${ref}.`),
    );
}

/** Values that lost stand in the journal beside the one that stands. */
async function unjournaled(lost: readonly LostValue[], told: Told): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { crmRef, path, lost: value, stands } of lost) {
    const entries = await told.journal(crmRef);
    if (entries.some((entry) => holds(entry, value) && entry.includes(stands))) continue;
    problems.push(`${crmRef} ${path}: ${value} gave way to ${stands}, and no line of the journal shows both.`);
  }
  return problems;
}

/** The whole value; a day also where the CRM keeps a time. */
function holds(entry: string, value: string): boolean {
  return entry.includes(JSON.stringify(value)) || (/^\d{4}-\d\d-\d\d$/.test(value) && entry.includes(`"${value}T`));
}

/** A reason for a list, a structure or the whole deal covers what is inside it; one for a part covers the whole. */
function covers(told: string, path: string): boolean {
  return (
    told === "" ||
    told === path ||
    path.startsWith(`${told}.`) ||
    /^[.[]/.test(told.startsWith(path) ? told.slice(path.length) : "")
  );
}

function isSame(path: string, a: Comparable, b: Comparable): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return plainList(a).join("\n") === plainList(b).join("\n");
  if (typeof a === "number" || typeof b === "number")
    return Number(a ?? Number.NaN) === Number(b ?? Number.NaN) || (a === null && b === null);
  return path.endsWith("Email") ? String(a).toLowerCase() === String(b).toLowerCase() : a === b;
}

const isEmpty = (value: Comparable): boolean => value === null || (Array.isArray(value) && value.length === 0);
const plainList = (value: Comparable): readonly string[] =>
  (Array.isArray(value) ? (value as readonly string[]) : value === null ? [] : [String(value)])
    .map((one) => one.toLowerCase())
    .toSorted();
const shown = (value: Comparable): string => JSON.stringify(value);
