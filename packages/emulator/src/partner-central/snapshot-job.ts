import { announce } from "../events/announce.ts";
import type { Place } from "./call.ts";
import { newId } from "../partner-central-shared/identifiers.ts";
import { conflict } from "./refusal.ts";
import { revisionsOf, takeSnapshot, type SnapshotSubject } from "./snapshot.ts";
import type { SnapshotJob, Space, StoredOpportunity, StoredSnapshot } from "./state.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

/** Makes a job that takes a snapshot whenever the opportunity has changed. Throws when there is one for this already. */
export function createJob(place: Place, subject: SnapshotSubject, status: SnapshotJob["status"]): SnapshotJob {
  const { state, space, now } = place;
  if (Object.values(space.jobs).some((job) => isOf(job, subject))) {
    throw conflict("The account has a job for this opportunity, engagement and template already.");
  }
  const id = newId(state, "job");
  const createdAt = nanoseconds(now, state.issued);
  return (space.jobs[id] = { ...subject, id, createdAt, status, lastRunAt: null, lastFailure: null });
}

/** The opportunity enters an engagement by a task: one snapshot now, and a job that runs. The caller tells of the snapshot. */
export function shareByTask(
  place: Place,
  engagementId: string,
  opportunity: StoredOpportunity,
): { readonly jobId: string; readonly snapshot: StoredSnapshot } {
  const subject = { engagementId, resourceId: opportunity.id, template: "OpportunitySummaryView" };
  const snapshot = takeSnapshot(place, subject, opportunity);
  const existing = Object.values(place.space.jobs).find((job) => isOf(job, subject));
  return { jobId: (existing ?? createJob(place, subject, "Running")).id, snapshot };
}

/**
 * Lets every running job of an engagement do what it would have done by now. A job needs a role, which
 * PutSellingSystemSettings names: without it the members go on seeing old snapshots.
 */
export function settleJobs(place: Place, engagementId: string): void {
  for (const space of Object.values(place.state.spaces)) {
    if (space.catalog !== place.space.catalog) continue;
    for (const job of Object.values(space.jobs)) {
      if (job.engagementId === engagementId && job.status === "Running") run({ ...place, space }, job);
    }
  }
}

/** The running jobs of a changed opportunity do their work at once. */
export function runJobsOf(place: Place, opportunityId: string): void {
  for (const job of Object.values(place.space.jobs)) {
    if (job.resourceId === opportunityId && job.status === "Running") run(place, job);
  }
}

function run(place: Place, job: SnapshotJob): void {
  const { space, state, now } = place;
  const opportunity = space.opportunities[job.resourceId];
  const last = revisionsOf(place, job).at(-1);
  if (opportunity === undefined || last?.resourceModifiedAt === opportunity.modifiedAt) return;
  if (space.jobRole === null) {
    space.jobs[job.id] = { ...job, lastFailure: "The account has named no role for snapshot jobs." };
    return;
  }
  const { engagementId, resourceId, template } = job;
  const snapshot = takeSnapshot(place, { engagementId, resourceId, template }, opportunity);
  announce(place, "snapshot", { snapshot });
  space.jobs[job.id] = { ...job, lastRunAt: nanoseconds(now, state.issued), lastFailure: null };
}

function isOf(job: Space["jobs"][string], { engagementId, resourceId, template }: SnapshotSubject): boolean {
  return job.engagementId === engagementId && job.resourceId === resourceId && job.template === template;
}
