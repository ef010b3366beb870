import type { AdoptionPair, AdoptionProblem } from "./adoption.ts";
import { similarityOf } from "./similarity.ts";

/** A CRM record that is not linked yet, as far as matching needs it. */
export interface OpenRecord {
  readonly crmRef: string;
  /** The opportunity that its link field names. */
  readonly storedId: string | undefined;
  readonly title: string | undefined;
  readonly domain: string | undefined;
}

/** An opportunity that is not linked yet. */
export interface OpenOpportunity {
  readonly id: string;
  /** The record whose id it carries, in canonical form; `undefined` when it carries none of this CRM's. */
  readonly crmRef: string | undefined;
  readonly domain: string | undefined;
}

/** What the ids on both sides say. */
export interface ExactMatches {
  readonly exact: readonly AdoptionPair[];
  readonly problems: readonly AdoptionProblem[];
  readonly records: readonly OpenRecord[];
  readonly opportunities: readonly OpenOpportunity[];
}

/** Pairs whose ids say that they belong together; what the two sides contradict each other about is a problem. Pure. */
export function matchByIds(
  records: readonly OpenRecord[],
  opportunities: readonly OpenOpportunity[],
  isLinked: (opportunityId: string) => boolean,
): ExactMatches {
  const byId = new Map(opportunities.map((opportunity) => [opportunity.id, opportunity]));
  const carrying = Map.groupBy(
    opportunities.filter(({ crmRef }) => crmRef !== undefined),
    ({ crmRef }) => crmRef,
  );
  const naming = Map.groupBy(
    records.filter(({ storedId }) => storedId !== undefined),
    ({ storedId }) => storedId,
  );
  const exact: AdoptionPair[] = [];
  const problems: AdoptionProblem[] = [];
  const settledRecords = new Set<string>();
  const settledOpportunities = new Set<string>();
  for (const record of records) {
    const { crmRef, storedId, title } = record;
    const carriers = carrying.get(crmRef) ?? [];
    const refuse = (opportunityId: string | undefined, why: string): void => {
      problems.push({ crmRef, opportunityId, why });
      settledRecords.add(crmRef);
      if (opportunityId !== undefined) settledOpportunities.add(opportunityId);
    };
    const accept = (opportunityId: string, by: AdoptionPair["by"], why: string): void => {
      exact.push({ crmRef, opportunityId, title, awsTitle: undefined, by, score: 1, why });
      settledRecords.add(crmRef);
      settledOpportunities.add(opportunityId);
    };
    if (storedId !== undefined) {
      const others = (naming.get(storedId) ?? []).filter((other) => other !== record);
      const named = byId.get(storedId);
      const [carrier] = carriers.filter(({ id }) => id !== storedId);
      if (others.length > 0) {
        refuse(
          storedId,
          `Records ${crmRef} and ${others.map((other) => other.crmRef).join(", ")} name the same opportunity.`,
        );
      } else if (isLinked(storedId)) {
        refuse(undefined, `It names opportunity ${storedId}, which another record is linked to.`);
      } else if (named === undefined) {
        refuse(undefined, `It names opportunity ${storedId}, which AWS does not show to this account.`);
      } else if (carrier !== undefined) {
        refuse(storedId, `It names opportunity ${storedId}, but opportunity ${carrier.id} carries its id.`);
        settledOpportunities.add(carrier.id);
      } else if (
        named.crmRef !== undefined &&
        named.crmRef !== crmRef &&
        records.some((other) => other.crmRef === named.crmRef)
      ) {
        refuse(storedId, `It names opportunity ${storedId}, which carries the id of record ${named.crmRef}.`);
      } else accept(storedId, "stored-id", "The record names the opportunity.");
      continue;
    }
    const [carrier, second] = carriers;
    if (carrier === undefined) continue;
    if (second !== undefined) {
      refuse(carrier.id, `Opportunities ${carriers.map(({ id }) => id).join(", ")} all carry its id.`);
      for (const { id } of carriers) settledOpportunities.add(id);
    } else if ((naming.get(carrier.id) ?? []).length === 0) {
      accept(carrier.id, "identifier", "The opportunity carries the record's id.");
    }
  }
  return {
    exact,
    problems,
    records: records.filter(({ crmRef }) => !settledRecords.has(crmRef)),
    opportunities: opportunities.filter(({ id }) => !settledOpportunities.has(id)),
  };
}

/** A record and an opportunity of the same customer, whose titles are to be compared. */
export interface Candidate {
  readonly record: OpenRecord;
  readonly opportunity: OpenOpportunity;
}

/** Every record with every opportunity of a customer with the same website. Pure. */
export function candidatesByWebsite(
  records: readonly OpenRecord[],
  opportunities: readonly OpenOpportunity[],
): readonly Candidate[] {
  const byDomain = Map.groupBy(opportunities, ({ domain }) => domain);
  return records.flatMap((record) =>
    record.domain === undefined
      ? []
      : (byDomain.get(record.domain) ?? []).map((opportunity) => ({ record, opportunity })),
  );
}

/** Less alike than this is not worth a person's look. */
const leastAlike = 0.3;

/** The candidates worth a person's look, the most alike first; each record and opportunity at most once. Pure. */
export function proposalsOf(
  candidates: readonly Candidate[],
  awsTitles: ReadonlyMap<string, string>,
): readonly AdoptionPair[] {
  const judged = candidates
    .map(({ record, opportunity }): AdoptionPair => {
      const { crmRef, title, domain } = record;
      const awsTitle = awsTitles.get(opportunity.id);
      const { score, shared } = similarityOf(title ?? "", awsTitle ?? "");
      const why = `Same website (${domain ?? ""}); the titles share ${shared.join(", ")}.`;
      return { crmRef, opportunityId: opportunity.id, title, awsTitle, by: "similar", score, why };
    })
    .filter(({ score }) => score >= leastAlike)
    .sort((left, right) => right.score - left.score);
  const taken = new Set<string>();
  return judged.filter(({ crmRef, opportunityId }) => {
    if (taken.has(crmRef) || taken.has(opportunityId)) return false;
    taken.add(crmRef).add(opportunityId);
    return true;
  });
}
