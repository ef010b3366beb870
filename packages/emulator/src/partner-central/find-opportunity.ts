import type { Place } from "./call.ts";
import { settleTasks } from "./engagement-task.ts";
import { notFound } from "./refusal.ts";
import { reviewedByTime } from "./review.ts";
import type { StoredOpportunity } from "./state.ts";

/** The opportunity as it is now. Throws when there is none, or when it is too new to be read. */
export function findOpportunity(place: Place, id: string): StoredOpportunity {
  settleTasks(place);
  const { space, now, settings } = place;
  const stored = space.opportunities[id];
  if (stored === undefined || isTooNew(stored, place)) throw notFound("Opportunity", id);
  return (space.opportunities[id] = reviewedByTime(stored, now, settings));
}

/** All that can be read now. */
export function allOpportunities(place: Place): readonly StoredOpportunity[] {
  settleTasks(place);
  const { space, now, settings } = place;
  return Object.values(space.opportunities).flatMap((stored) => {
    if (isTooNew(stored, place)) return [];
    const current = reviewedByTime(stored, now, settings);
    if (current !== stored) space.opportunities[stored.id] = current;
    return [current];
  });
}

function isTooNew({ createdAt }: StoredOpportunity, { now, settings }: Place): boolean {
  return now < createdAt + settings.readAfterCreateLagMs;
}
