import type { JsonObject } from "@cosell/connector";
import { createDraw, type Draw } from "./draw.ts";
import type { StoryWorld } from "./story-world.ts";

/** How much of it. */
export interface StorySize {
  readonly deals: number;
  readonly referrals: number;
}

/** A value that a person wrote and that lost, by the mapping's authority or by a person's choice. */
export interface LostValue {
  readonly crmRef: string;
  /** AWS path. */
  readonly path: string;
  readonly lost: string;
  readonly stands: string;
}

/** A deal of the CRM, as the story knows it. */
export interface StoryRecord {
  readonly ref: string;
  readonly account: string;
  readonly contact: string;
}

/** What happened, for whoever judges it. */
export interface Story {
  readonly world: StoryWorld;
  readonly size: StorySize;
  readonly draw: Draw;
  readonly records: StoryRecord[];
  readonly accounts: string[];
  readonly contacts: string[];
  readonly owners: string[];
  /** Shared deals to which nothing has happened yet since AWS approved them: each kind of change takes its own. */
  readonly calm: string[];
  readonly lost: LostValue[];
  /** What the mapping says of every deal since it was changed, by AWS path. */
  readonly constants: Record<string, string>;
  /** Deals that may be held as a whole, by record, and why. */
  readonly stopped: Map<string, string>;
  /** A number as large as the story: `part(12)` is 12 in one of 300 deals. */
  part(of300: number): number;
  /** Another number each time, so that no two values are equal. */
  count(): number;
}

/** A story that has not begun. */
export function newStory(world: StoryWorld, size: StorySize): Story {
  let counted = 0;
  return {
    ...{ world, size, draw: createDraw(world.seed) },
    ...{
      records: [],
      accounts: [],
      contacts: [],
      owners: [],
      calm: [],
      lost: [],
      constants: {},
      stopped: new Map<string, string>(),
    },
    part: (of300) => Math.max(1, Math.round((of300 * size.deals) / 300)),
    count: () => (counted += 1),
  };
}

/** The opportunities that carry a record's id, by record, as AWS has them now. */
export function opportunitiesByRecord({ world }: Story): ReadonlyMap<string, JsonObject & { readonly Id: string }> {
  const byRecord = new Map<string, JsonObject & { readonly Id: string }>();
  for (const opportunity of world.emulators.partnerCentral.opportunities()) {
    const { Id, PartnerOpportunityIdentifier: ref } = opportunity;
    if (typeof Id === "string" && typeof ref === "string") byRecord.set(ref, { ...opportunity, Id });
  }
  return byRecord;
}

/** Where an opportunity stands; empty: AWS does not say. */
export function lifeCycleOf(opportunity: JsonObject): { readonly ReviewStatus: string; readonly Stage: string } {
  const { ReviewStatus, Stage } = (opportunity["LifeCycle"] ?? {}) as JsonObject;
  return {
    ReviewStatus: typeof ReviewStatus === "string" ? ReviewStatus : "",
    Stage: typeof Stage === "string" ? Stage : "",
  };
}
