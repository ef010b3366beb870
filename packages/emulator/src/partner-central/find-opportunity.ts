import type { Place } from "./call.ts";
import { settleTasks } from "./engagement-task.ts";
import { notFound } from "./refusal.ts";
import { settledOpportunity } from "./opportunity-change.ts";
import type { StoredOpportunity } from "./state.ts";

/** The opportunity as it is now. Throws when there is none, or when it is too new to be read. */
export function findOpportunity(place: Place, id: string): StoredOpportunity {
  settleTasks(place);
  const stored = place.space.opportunities[id];
  if (stored === undefined || isTooNew(stored, place)) throw notFound("Opportunity", id);
  return settledOpportunity(place, stored);
}

/** All that can be read now. */
export function allOpportunities(place: Place): readonly StoredOpportunity[] {
  settleTasks(place);
  return Object.values(place.space.opportunities).flatMap((stored) =>
    isTooNew(stored, place) ? [] : [settledOpportunity(place, stored)],
  );
}

function isTooNew({ createdAt }: StoredOpportunity, { now, settings }: Place): boolean {
  return now < createdAt + settings.readAfterCreateLagMs;
}
