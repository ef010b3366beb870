import type { Place } from "./call.ts";
import type { EngagementTask } from "./state.ts";

/** What a task works on, and what it has made. */
export type TaskSubject = Partial<
  Pick<EngagementTask, "opportunityId" | "engagementId" | "invitationId" | "contextId" | "jobId">
>;

/** The work of a task, at the moment it ends. Throws a TaskFailure when it cannot be done. */
export type TaskRun = (place: Place, task: EngagementTask) => TaskSubject;

/** A task ends as FAILED. Never leaves the module of tasks. */
export class TaskFailure extends Error {
  /** One of AWS's 22. */
  readonly reasonCode: string;

  constructor(reasonCode: string, message: string) {
    super(message);
    this.reasonCode = reasonCode;
  }
}
