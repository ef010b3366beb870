import type { JsonObject } from "@cosell/connector";
import { lifeCycleOf, opportunitiesByRecord, type Story } from "./story.ts";

const hour = 3_600_000;
const underReview = ["Submitted", "In review"];
const closed = ["Launched", "Closed Lost"];

/** AWS's reviewers take a day, then decide about what waits. Some they leave, some they send back, a few they reject. */
export function review(story: Story, decide: "mostly" | "all"): void {
  const { clock, emulators } = story.world;
  clock.advance(30 * hour);
  let index = 0;
  for (const [ref, opportunity] of opportunitiesByRecord(story)) {
    if (!underReview.includes(lifeCycleOf(opportunity).ReviewStatus)) continue;
    index += 1;
    const turn = decide === "all" ? 0 : index % 24;
    if (turn === 5) continue;
    if (turn === 9 || turn === 17) {
      const comments = "Please say more about the problem.";
      emulators.partnerCentral.review({ opportunity: opportunity.Id, status: "Action Required", comments });
    } else if (turn === 13) {
      emulators.partnerCentral.review({ opportunity: opportunity.Id, status: "Rejected", comments: "Not with AWS." });
    } else {
      emulators.partnerCentral.review({ opportunity: opportunity.Id, status: "Approved" });
      story.calm.push(ref);
    }
  }
}

/** Somebody at AWS, or the partner in Partner Central's own pages, changes an opportunity. */
export function editAtAws(story: Story, ref: string, fields: JsonObject): void {
  const { Id: id } = opportunityOf(story, ref);
  story.world.emulators.partnerCentral.edit({ object: "Opportunity", id, fields });
}

/** AWS's seller moves on AWS's own side. */
export function editSummary(story: Story, ref: string, stage: string): void {
  const { Id: id } = opportunityOf(story, ref);
  story.world.emulators.partnerCentral.edit({
    object: "AwsOpportunitySummary",
    id,
    fields: { "LifeCycle.Stage": stage },
  });
}

/** The records whose opportunity stands there: a review status, or the stage of one that is approved and closed. */
export function recordsIn(story: Story, standing: string): readonly string[] {
  return [...opportunitiesByRecord(story)]
    .filter(([, opportunity]) => {
      const { ReviewStatus, Stage } = lifeCycleOf(opportunity);
      return standing === (ReviewStatus === "Approved" && closed.includes(Stage) ? Stage : ReviewStatus);
    })
    .map(([ref]) => ref);
}

/** Partner Central shows an opportunity no more; the function that is returned brings it back as it was. */
export function takeAccessAway(story: Story, ref: string): () => void {
  const { partnerCentral } = story.world.emulators;
  const { Id: id } = opportunityOf(story, ref);
  const state = partnerCentral.state();
  const [key, space] = Object.entries(state.spaces).find(([, { opportunities }]) => id in opportunities) ?? [];
  const hidden = space?.opportunities[id];
  if (key === undefined || hidden === undefined) throw new Error(`no opportunity ${id}`);
  delete state.spaces[key]?.opportunities[id];
  partnerCentral.load(state);
  return () => {
    const now = partnerCentral.state();
    const place = now.spaces[key];
    if (place !== undefined) place.opportunities[id] = hidden;
    partnerCentral.load(now);
  };
}

function opportunityOf(story: Story, ref: string): { readonly Id: string } {
  const found = opportunitiesByRecord(story).get(ref);
  if (found === undefined) throw new Error(`seed ${story.world.seed}: no opportunity carries ${ref}`);
  return found;
}
