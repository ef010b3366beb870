import type { StateStore } from "@cosell/state";
import type { BothSides, Edit } from "./people.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a sync, judged from outside: by what the two servers hold. The state is asked only what the user is
 * told as deferred, conflict or held. One sentence each; nothing when both sides are right.
 */
export async function findWrongs(
  { salesforce, partnerCentral }: BothSides,
  store: Pick<StateStore, "links" | "fieldStates">,
  edits: readonly Edit[],
): Promise<readonly string[]> {
  const told = new Map<string, readonly string[]>();
  for await (const { id, crmRef } of store.links()) {
    told.set(
      crmRef,
      (await store.fieldStates(id)).map(({ path }) => path),
    );
  }
  const deals = salesforce.records("Opportunity") as readonly Fields[];
  const opportunities = partnerCentral.opportunities() as readonly Fields[];
  const byDeal = Map.groupBy(opportunities, ({ PartnerOpportunityIdentifier: ref }) => String(ref));
  return [
    ...[...byDeal].filter(([, all]) => all.length > 1).map(([ref]) => `${ref} has more than one opportunity.`),
    ...deals.flatMap((deal) => wrongsOfDeal(deal, byDeal.get(String(deal["Id"]))?.[0], told)),
    ...edits
      .filter((edit) => !isThere(edit, deals, opportunities) && !isTold(edit, told))
      .map(({ side, crmRef, crmField, awsPath }) =>
        side === "crm"
          ? `${crmRef}: ${crmField} was written in the CRM, and ${awsPath} at AWS does not follow.`
          : `${crmRef}: ${awsPath} was written at AWS, and ${crmField} in the CRM does not follow.`,
      ),
  ];
}

function wrongsOfDeal(
  deal: Fields,
  opportunity: Fields | undefined,
  told: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const ref = String(deal["Id"]);
  if (opportunity === undefined) {
    const takesPart = deal["AWS_Cosell__c"] === true && !String(deal["StageName"]).startsWith("Closed");
    return takesPart && (told.get(ref) ?? []).length === 0 ? [`${ref} is not at AWS, and nobody says why.`] : [];
  }
  return deal["AWS_Opportunity_Id__c"] === opportunity["Id"] ? [] : [`${ref} does not carry its opportunity's id.`];
}

function isThere(
  { side, crmRef, opportunityId, awsPath, crmField, value }: Edit,
  deals: readonly Fields[],
  opportunities: readonly Fields[],
): boolean {
  const held =
    side === "crm"
      ? valueAt(
          opportunities.find(({ Id }) => Id === opportunityId),
          awsPath,
        )
      : deals.find(({ Id }) => Id === crmRef)?.[crmField];
  return typeof value === "number" ? Number(held) === value : held === value;
}

/** A reason for a list, a structure or the whole deal (`""`) covers what is inside it. */
function isTold({ crmRef, awsPath }: Edit, told: ReadonlyMap<string, readonly string[]>): boolean {
  return (told.get(crmRef) ?? []).some((path) => path === "" || awsPath === path || awsPath.startsWith(`${path}.`));
}

function valueAt(record: Fields | undefined, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? (value as Fields)[step] : undefined),
      record,
    );
}
