import { announce } from "../../events/announce.ts";
import type { JsonObject } from "../../kernel/index.ts";
import { once, required, type Call } from "../call.ts";
import { associate, findEngagement } from "../engagement.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { pageOf } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { notFound } from "../refusal.ts";
import { settleJobs } from "../snapshot-job.ts";
import { assertTemplate, revisionsOf, snapshotsOf, takeSnapshot, type SnapshotSubject } from "../snapshot.ts";
import type { StoredSnapshot } from "../state.ts";

/** CreateResourceSnapshot: an opportunity of the account, as it is now, for the members of an engagement. */
export function createResourceSnapshot(call: Call): JsonObject {
  return once(call, () => {
    const subject = subjectOf(call);
    assertTemplate(subject.template);
    const opportunity = findOpportunity(call, subject.resourceId);
    associate(call, subject.engagementId, subject.resourceId);
    const snapshot = takeSnapshot(call, subject, opportunity);
    announce(call, "snapshot", { snapshot });
    return { Arn: snapshot.arn, Revision: snapshot.revision };
  });
}

/** GetResourceSnapshot: a revision, or the newest. */
export function getResourceSnapshot(call: Call): JsonObject {
  const subject = subjectOf(call);
  settleJobs(call, subject.engagementId);
  const revisions = revisionsOf(call, subject);
  const { Revision } = call.input;
  const found = typeof Revision === "number" ? revisions.find((each) => each.revision === Revision) : revisions.at(-1);
  if (found === undefined) throw notFound("Resource snapshot of", subject.resourceId);
  return snapshotAnswer(call, found);
}

/** ListResourceSnapshots of an engagement, without their payloads. */
export function listResourceSnapshots(call: Call): JsonObject {
  const { id } = findEngagement(call, required(call, "EngagementIdentifier"));
  settleJobs(call, id);
  const wanted = (member: string, value: string): boolean => (textAt(call.input, member) ?? value) === value;
  const found = snapshotsOf(call, id).filter(
    ({ resourceId, template, createdBy }) =>
      wanted("ResourceIdentifier", resourceId) &&
      wanted("ResourceSnapshotTemplateIdentifier", template) &&
      wanted("CreatedBy", createdBy),
  );
  const { items, NextToken } = pageOf(call, found);
  return { ResourceSnapshotSummaries: items.map((snapshot) => snapshotAnswer(call, snapshot)), NextToken };
}

/** What a call names: an opportunity, an engagement of the account, a template. Throws when the engagement is none. */
export function subjectOf(call: Call): SnapshotSubject {
  return {
    engagementId: findEngagement(call, required(call, "EngagementIdentifier")).id,
    resourceId: required(call, "ResourceIdentifier"),
    template: required(call, "ResourceSnapshotTemplateIdentifier"),
  };
}

function snapshotAnswer({ state }: Call, snapshot: StoredSnapshot): JsonObject {
  const members = state.engagements[snapshot.engagementId]?.members ?? [];
  const others = members.filter((member) => member !== snapshot.createdBy);
  return {
    Arn: snapshot.arn,
    Catalog: snapshot.catalog,
    CreatedAt: snapshot.createdAt,
    CreatedBy: snapshot.createdBy,
    EngagementId: snapshot.engagementId,
    Payload: snapshot.payload,
    ResourceId: snapshot.resourceId,
    ResourceSnapshotTemplateName: snapshot.template,
    ResourceType: "Opportunity",
    Revision: snapshot.revision,
    TargetMemberAccounts: others.length > 0 ? others : null,
  };
}
