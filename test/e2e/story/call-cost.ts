import { readAwsFacts } from "./aws-facts.ts";
import { editAtAws, editSummary } from "./aws-people.ts";
import type { Story } from "./story.ts";
import { whatIsTold } from "./what-is-told.ts";

const minute = 60_000;

/** What one sync cost. */
export interface Cost {
  readonly aws: Readonly<Record<string, number>>;
  readonly crmWrites: number;
  /** Events that told of something new. */
  readonly marked: number;
}

/** Approved, open deals of the partner's own about which everything is agreed: a change of theirs meets no lock. */
export async function settledDeals({ world }: Story): Promise<readonly string[]> {
  const [facts, { opportunities }, told] = [
    await world.crm.facts(),
    await readAwsFacts(world.emulators.admin.url),
    await whatIsTold(world.store),
  ];
  const open = new Set(
    opportunities
      .filter((one) => !one.referred && one.at("LifeCycle.ReviewStatus") === "Approved")
      .filter((one) => !["Launched", "Closed Lost"].includes(String(one.at("LifeCycle.Stage"))))
      .map(({ id }) => id),
  );
  return facts
    .filter(({ ref, deleted, opportunityId }) => !deleted && open.has(opportunityId ?? "") && told.of(ref).length === 0)
    .map(({ ref }) => ref);
}

/** Takes the events that have come, syncs, and counts. */
export async function costOfSync({ world }: Story): Promise<Cost> {
  world.clock.advance(minute);
  const since = world.emulators.requests.last;
  const { marked } = await world.takeEvents();
  await world.sync();
  return { aws: world.awsCalls(since), crmWrites: world.crmWrites(since), marked };
}

/** Events come surely, at once and once: what they cost can be counted. */
export function calmEvents({ world }: Story): void {
  world.emulators.events.configure({
    lossProbability: 0,
    duplicateProbability: 0,
    reorderProbability: 0,
    delaySpreadMs: 0,
  });
}

/** AWS's people change what the partner sees, one half, and AWS's own side, the other. */
export function changeAtAws(story: Story, refs: readonly string[]): void {
  for (const [index, ref] of refs.entries()) {
    if (index % 2 === 0) editAtAws(story, ref, { "LifeCycle.NextSteps": `AWS asks once more, ${story.count()}` });
    else editSummary(story, ref, index % 4 === 1 ? "Business Validation" : "Committed");
  }
}
