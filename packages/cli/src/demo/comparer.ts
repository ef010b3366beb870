import type { DemoDeal } from "./crm.ts";
import type { Edit } from "./edits.ts";
import type { DemoWorld } from "./world.ts";

/**
 * Judges a sync from outside, by what the two servers hold and by the calls they received. The engine's word counts only
 * for why a difference is meant: what the user is told as deferred, conflict or held.
 */
export interface Comparison {
  /** Opportunities with the identifier of one CRM record beyond the first, and CRM records that share one opportunity. */
  readonly duplicates: number;
  /** Deals and values that are nowhere on the other side, with nobody told why: one sentence each. */
  readonly lost: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** What the user is told about one CRM record: the AWS paths that are not agreed. */
type Explanations = ReadonlyMap<string, readonly string[]>;

/** Compares the two servers' contents. `rounds` are the values that people wrote, one list between two syncs. */
export async function compare(world: DemoWorld, rounds: readonly (readonly Edit[])[]): Promise<Comparison> {
  const deals = world.crm.deals();
  const opportunities = world.partnerCentral.opportunities();
  const told = await explanationsOf(world);
  const byRecord = Map.groupBy(opportunities, (opportunity) => textOf(opportunity["PartnerOpportunityIdentifier"]));
  const shared = deals.filter(({ values }) => textOf(values.opportunityId) !== "");
  const byOpportunity = Map.groupBy(shared, ({ values }) => textOf(values.opportunityId));
  return {
    duplicates: surplus(byRecord) + surplus(byOpportunity),
    lost: [
      ...deals.flatMap((deal) => lostDeal(deal, byRecord.get(deal.ref)?.[0], told)),
      ...lostEdits(world, latestEdits(rounds), told),
    ],
  };
}

const surplus = (groups: ReadonlyMap<string, readonly unknown[]>): number =>
  [...groups.values()].reduce((sum, group) => sum + group.length - 1, 0);

/** A deal that the sellers marked must be at AWS, and its record must say so, unless it was closed before or is held. */
function lostDeal(
  { ref, isShared, isClosed, values }: DemoDeal,
  opportunity: Fields | undefined,
  told: Explanations,
): readonly string[] {
  if (opportunity === undefined) {
    return isShared && !isClosed && told.get(ref) === undefined ? [`${ref} is not at AWS and nobody says why.`] : [];
  }
  const id = textOf(opportunity["Id"]);
  return values.opportunityId === id ? [] : [`${ref} does not carry the id of its opportunity ${id}.`];
}

/** A place that was written again in a later round holds the later value; within a round both sides count. */
function latestEdits(rounds: readonly (readonly Edit[])[]): readonly Edit[] {
  const latest = new Map<string, readonly Edit[]>();
  for (const round of rounds) {
    for (const [place, edits] of Map.groupBy(round, ({ crmRef, crmValue }) => `${crmRef} ${crmValue}`)) {
      latest.set(place, edits);
    }
  }
  return [...latest.values()].flat();
}

/** A value that a person wrote must be on the other side, or its place must be explained. */
function lostEdits({ crm, partnerCentral }: DemoWorld, edits: readonly Edit[], told: Explanations): string[] {
  const deals = new Map(crm.deals().map((deal) => [deal.ref, deal]));
  const opportunities = new Map(partnerCentral.opportunities().map((entry) => [textOf(entry["Id"]), entry]));
  return edits.flatMap((edit) => {
    const { side, crmRef, opportunityId, awsPath, crmValue, expected } = edit;
    const other =
      side === "crm" ? valueAt(opportunities.get(opportunityId), awsPath) : deals.get(crmRef)?.values[crmValue];
    if (isSame(other, expected) || (told.get(crmRef) ?? []).some((path) => covers(path, awsPath))) return [];
    return [
      side === "crm"
        ? `${crmRef}: ${crmValue} was changed in the CRM and ${awsPath} at AWS does not follow.`
        : `${crmRef}: ${awsPath} was changed at AWS and ${crmValue} in the CRM does not follow.`,
    ];
  });
}

async function explanationsOf({ store, sync }: DemoWorld): Promise<Explanations> {
  const told = new Map<string, readonly string[]>();
  for await (const link of store.links({ sync })) {
    const states = await store.fieldStates(link.id);
    if (states.length > 0)
      told.set(
        link.crmRef,
        states.map(({ path }) => path),
      );
  }
  return told;
}

/** A reason for a list, a structure or the whole deal (`""`) covers what is inside it. */
function covers(path: string, inside: string): boolean {
  return path === "" || path === inside || inside.startsWith(`${path}.`);
}

function isSame(value: unknown, expected: unknown): boolean {
  return typeof expected === "number" ? Number(value) === expected : value === expected;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function valueAt(record: Fields | undefined, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? (value as Fields)[step] : undefined),
      record,
    );
}
