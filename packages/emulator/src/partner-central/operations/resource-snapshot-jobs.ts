import type { JsonObject } from "../../kernel/index.ts";
import { once, required, type Call } from "../call.ts";
import { associate } from "../engagement.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { accountArn } from "../../partner-central-shared/identifiers.ts";
import { pageOf, sorted } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { conflict, notFound } from "../refusal.ts";
import { createJob, settleJobs } from "../snapshot-job.ts";
import { assertTemplate } from "../snapshot.ts";
import type { SnapshotJob } from "../state.ts";
import { tagsOf } from "../../partner-central-shared/tags.ts";
import { subjectOf } from "./resource-snapshots.ts";

/** CreateResourceSnapshotJob: stopped until it is started. */
export function createResourceSnapshotJob(call: Call): JsonObject {
  return once(call, () => {
    const subject = subjectOf(call);
    assertTemplate(subject.template);
    findOpportunity(call, subject.resourceId);
    const { id } = createJob(call, subject, "Stopped");
    associate(call, subject.engagementId, subject.resourceId);
    const arn = arnOf(call, id);
    if (Array.isArray(call.input.Tags)) call.space.tags[arn] = tagsOf(call.input.Tags);
    return { Id: id, Arn: arn };
  });
}

/** GetResourceSnapshotJob. */
export function getResourceSnapshotJob(call: Call): JsonObject {
  const id = findJob(call).id;
  settleJobs(call, findJob(call).engagementId);
  const job = call.space.jobs[id] ?? findJob(call);
  return {
    ...jobAnswer(call, job),
    Catalog: call.space.catalog,
    CreatedAt: job.createdAt,
    LastFailure: job.lastFailure,
    LastSuccessfulExecutionDate: job.lastRunAt,
    ResourceArn: accountArn(call.space.account, call.space.catalog, "opportunity", job.resourceId),
    ResourceId: job.resourceId,
    ResourceSnapshotTemplateName: job.template,
    ResourceType: "Opportunity",
  };
}

/** ListResourceSnapshotJobs of the account, the newest first unless the call asks otherwise. */
export function listResourceSnapshotJobs(call: Call): JsonObject {
  const wanted = (member: string, value: string): boolean => (textAt(call.input, member) ?? value) === value;
  const found = Object.values(call.space.jobs).filter(
    (job) => wanted("EngagementIdentifier", job.engagementId) && wanted("Status", job.status),
  );
  const keys = { CreatedDate: ({ createdAt }: SnapshotJob) => createdAt };
  const order = { sortBy: "CreatedDate", order: "DESCENDING", id: ({ id }: SnapshotJob) => id } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  return { ResourceSnapshotJobSummaries: items.map((job) => jobAnswer(call, job)), NextToken };
}

/** StartResourceSnapshotJob. A running one goes on. */
export function startResourceSnapshotJob(call: Call): undefined {
  const job = findJob(call);
  call.space.jobs[job.id] = { ...job, status: "Running" };
  settleJobs(call, job.engagementId);
}

/** StopResourceSnapshotJob. */
export function stopResourceSnapshotJob(call: Call): undefined {
  settleJobs(call, findJob(call).engagementId);
  const job = findJob(call);
  call.space.jobs[job.id] = { ...job, status: "Stopped" };
}

/** DeleteResourceSnapshotJob: it must be stopped. */
export function deleteResourceSnapshotJob(call: Call): undefined {
  const { id, status } = findJob(call);
  if (status !== "Stopped") throw conflict("The job is running. Stop it first.");
  Reflect.deleteProperty(call.space.jobs, id);
  Reflect.deleteProperty(call.space.tags, arnOf(call, id));
}

function findJob(call: Call): SnapshotJob {
  const id = required(call, "ResourceSnapshotJobIdentifier");
  const job = call.space.jobs[id];
  if (job === undefined) throw notFound("Resource snapshot job", id);
  return job;
}

function arnOf({ space }: Call, id: string): string {
  return accountArn(space.account, space.catalog, "resource-snapshot-job", id);
}

function jobAnswer(call: Call, { id, engagementId, status }: SnapshotJob): JsonObject {
  return { Arn: arnOf(call, id), EngagementId: engagementId, Id: id, Status: status };
}
