import type { JsonObject } from "../kernel/index.ts";
import { awsSummaryAnswer } from "./aws-summary.ts";
import type { Place } from "./call.ts";
import { sharedArn } from "../partner-central-shared/identifiers.ts";
import { opportunityAnswer } from "./opportunity-answer.ts";
import { invalidBusiness } from "./refusal.ts";
import type { StoredOpportunity, StoredSnapshot } from "./state.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

/** What a snapshot is a snapshot of, and how much of it other members see. */
export interface SnapshotSubject {
  readonly engagementId: string;
  readonly resourceId: string;
  readonly template: string;
}

/** What each template shows. The model takes any name; these three are known from AWS's answers. */
const templates: Readonly<Record<string, (place: Place, opportunity: StoredOpportunity) => JsonObject>> = {
  Opportunity: opportunitySummary,
  OpportunitySummaryView: opportunitySummary,
  AwsOpportunitySummaryFullView: ({ space }, opportunity) => ({
    AwsOpportunitySummaryFullView: awsSummaryAnswer(opportunity, space.catalog),
  }),
};

/** Throws when AWS has no such template. */
export function assertTemplate(template: string): void {
  if (Object.hasOwn(templates, template)) return;
  const Message = `There is no such template. Known: ${Object.keys(templates).join(", ")}.`;
  throw invalidBusiness("The snapshot's template is not known.", [
    { FieldName: "ResourceSnapshotTemplateIdentifier", Code: "INVALID_VALUE", Message },
  ]);
}

/** All snapshots of an engagement, the oldest first. */
export function snapshotsOf({ state }: Place, engagementId: string): readonly StoredSnapshot[] {
  return Object.values(state.snapshots).filter((snapshot) => snapshot.engagementId === engagementId);
}

/** Keeps an opportunity of the account as it is now, as the next revision, for the members of an engagement. */
export function takeSnapshot(place: Place, subject: SnapshotSubject, opportunity: StoredOpportunity): StoredSnapshot {
  const { state, space, now } = place;
  const revision = revisionsOf(place, subject).length + 1;
  const { engagementId, resourceId, template } = subject;
  const path = `engagement/${engagementId}/resource/Opportunity/${resourceId}/template/${template}/snapshot`;
  const arn = sharedArn(space.catalog, path, String(revision));
  state.issued += 1;
  return (state.snapshots[arn] = {
    ...subject,
    arn,
    catalog: space.catalog,
    revision,
    createdBy: space.account,
    createdAt: nanoseconds(now, state.issued),
    resourceModifiedAt: opportunity.modifiedAt,
    payload: templates[template]?.(place, opportunity) ?? {},
  });
}

/** The revisions of one subject, the oldest first. */
export function revisionsOf(place: Place, subject: SnapshotSubject): readonly StoredSnapshot[] {
  return snapshotsOf(place, subject.engagementId).filter(
    ({ resourceId, template }) => resourceId === subject.resourceId && template === subject.template,
  );
}

function opportunitySummary({ space, settings }: Place, opportunity: StoredOpportunity): JsonObject {
  const { LifeCycle, ...rest } = opportunityAnswer(opportunity, space, settings);
  // AWS spells the member with a small c here, and nowhere else.
  return { OpportunitySummary: { ...rest, Lifecycle: LifeCycle ?? null } };
}
