import { readAwsFacts } from "./aws-facts.ts";
import type { Story } from "./story.ts";

/** Which record belongs to which opportunity, by what the two sides themselves say; records that are gone are left out. */
export async function linkedPairs({ world }: Story): Promise<readonly (readonly [string, string])[]> {
  const { opportunities } = await readAwsFacts(world.emulators.admin.url);
  const carried = new Map(opportunities.map(({ id, crmRef }) => [crmRef, id]));
  return (await world.crm.facts())
    .filter(({ deleted }) => !deleted)
    .flatMap(({ ref, opportunityId }): readonly (readonly [string, string])[] => {
      const id = opportunityId ?? carried.get(ref);
      return id === undefined ? [] : [[ref, id]];
    })
    .toSorted();
}
