import type { JsonObject } from "@cosell/connector";
import { textAt, withoutAbsent } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome, type WorkflowRun, type WorkflowStep } from "./workflow.ts";
import { exactlyOne, needs } from "./workflow-input.ts";

/** An engagement with other partners, and what they see. */
interface CollaborateInput {
  readonly engagement?: string;
  readonly title?: string;
  readonly description?: string;
  readonly contexts?: readonly JsonObject[];
  readonly invitations?: readonly JsonObject[];
  readonly opportunity?: string;
  readonly template?: string;
}

type CollaborateStep = "create" | "context" | "invite" | "snapshot" | "job" | "run-job" | "role" | "members";

const hourMs = 3_600_000;

/** Opens an engagement, invites partners to it and lets them see an opportunity. */
export const collaborate = defineWorkflow<CollaborateStep>({
  name: "collaborate",
  summary: "open an engagement with other partners and share an opportunity in it",
  input: [
    {
      name: "engagement",
      like: { operation: "CreateEngagementInvitation", path: "EngagementIdentifier" },
      describes: "id of an engagement that is there already, such as eng-…",
    },
    {
      name: "title",
      like: { operation: "CreateEngagement", path: "Title" },
      changeableUntil: "create",
      describes: "title of a new engagement",
    },
    {
      name: "description",
      like: { operation: "CreateEngagement", path: "Description" },
      changeableUntil: "create",
      describes: "what the new engagement is about",
    },
    {
      name: "contexts",
      list: true,
      like: { operation: "CreateEngagementContext", path: "" },
      filledIn: ["EngagementIdentifier"],
      changeableUntil: "context 1",
      describes: "customer projects or leads: Type and Payload of each",
    },
    {
      name: "invitations",
      list: true,
      like: { operation: "CreateEngagementInvitation", path: "Invitation" },
      changeableUntil: "invite 1",
      describes: "partners to invite: Message, Receiver and Payload of each",
    },
    {
      name: "opportunity",
      like: { operation: "CreateResourceSnapshot", path: "ResourceIdentifier" },
      describes: "id of an opportunity that the members shall see, such as O1234567",
    },
    {
      name: "template",
      like: { operation: "CreateResourceSnapshot", path: "ResourceSnapshotTemplateIdentifier" },
      changeableUntil: "snapshot",
      describes: "how much of it they see (without one OpportunitySummaryView)",
    },
  ],
  rules: [exactlyOne("engagement", "title"), needs("title", "description"), needs("template", "opportunity")],
  steps: {
    create: "Open the engagement",
    context: "Add context",
    invite: "Invite partner",
    snapshot: "Take a snapshot of the opportunity",
    job: "Make a job that keeps the snapshot up to date",
    "run-job": "Start the job",
    role: "Look whether the job has a role",
    members: "Look who is a member",
  },
  waitsForPeople: true,
  run: async (run, input: CollaborateInput) => {
    const engagement = input.engagement ?? (await opened(run, input));
    const numbered = <Item>(items: readonly Item[] = []): readonly (readonly [string, Item])[] =>
      items.map((item, index) => [String(index + 1), item]);
    for (const [of, context] of numbered(input.contexts)) {
      await run.step(
        "context",
        (step) =>
          step.write({
            operation: "CreateEngagementContext",
            input: { ...context, EngagementIdentifier: engagement },
          }),
        { of, says: (answer) => `It is context ${textAt(answer, "ContextId") ?? ""}.` },
      );
    }
    for (const [of, invitation] of numbered(input.invitations)) {
      await run.step(
        "invite",
        (step) =>
          step.write({
            operation: "CreateEngagementInvitation",
            input: { EngagementIdentifier: engagement, Invitation: invitation },
          }),
        { of, says: (answer) => `The invitation is ${textAt(answer, "Id") ?? ""}.` },
      );
    }
    const shared =
      input.opportunity === undefined ? {} : await share(run, engagement, input.opportunity, input.template);
    return lookAtMembers(run, engagement, input.invitations ?? [], shared);
  },
});

async function opened(run: WorkflowRun<"create">, input: CollaborateInput): Promise<string> {
  const { engagement } = await run.step(
    "create",
    async (step) => {
      const answer = await step.write({
        operation: "CreateEngagement",
        input: withoutAbsent({ Title: input.title, Description: input.description }),
      });
      return { engagement: textAt(answer, "Id") ?? "" };
    },
    { says: (created) => `AWS calls it ${created.engagement}.` },
  );
  return engagement;
}

/** A snapshot now, and a job that takes the next ones. */
async function share(
  run: WorkflowRun<"snapshot" | "job" | "run-job" | "role">,
  engagement: string,
  opportunity: string,
  template = "OpportunitySummaryView",
): Promise<JsonObject> {
  const subject = {
    EngagementIdentifier: engagement,
    ResourceType: "Opportunity",
    ResourceIdentifier: opportunity,
    ResourceSnapshotTemplateIdentifier: template,
  };
  const { revision } = await run.step(
    "snapshot",
    async (step) => {
      const answer = await step.write({ operation: "CreateResourceSnapshot", input: subject });
      const { Revision } = answer;
      return { revision: typeof Revision === "number" ? Revision : 0 };
    },
    { says: (taken) => `It is revision ${taken.revision}.` },
  );
  const { job } = await run.step(
    "job",
    async (step) => {
      const answer = await step.write({
        operation: "CreateResourceSnapshotJob",
        input: subject,
        // There is one job for an opportunity, an engagement and a template; a submission makes it as well.
        tookEffect: () => existingJob(step, subject),
      });
      return { job: textAt(answer, "Id") ?? "" };
    },
    { says: (made) => `The job is ${made.job}.` },
  );
  await run.step("run-job", (step) =>
    step.write({ operation: "StartResourceSnapshotJob", input: { ResourceSnapshotJobIdentifier: job } }),
  );
  const { role } = await run.step(
    "role",
    async (step) => ({ role: textAt(await step.read("GetSellingSystemSettings"), "ResourceSnapshotJobRoleArn") ?? "" }),
    {
      keep: (found) => found.role !== "",
      says: (found) => (found.role === "" ? "The account has named none." : "The account has named one."),
    },
  );
  return { opportunity, revision, job, jobHasRole: role !== "" };
}

async function existingJob(
  step: WorkflowStep,
  subject: { readonly EngagementIdentifier: string; readonly ResourceIdentifier: string } & JsonObject,
): Promise<JsonObject | undefined> {
  const filter = { EngagementIdentifier: subject.EngagementIdentifier };
  for (const { Id } of await step.readAll("ListResourceSnapshotJobs", filter)) {
    const job = await step.read("GetResourceSnapshotJob", { ResourceSnapshotJobIdentifier: Id ?? "" });
    const isSame =
      job["ResourceId"] === subject.ResourceIdentifier &&
      job["ResourceSnapshotTemplateName"] === subject["ResourceSnapshotTemplateIdentifier"];
    if (isSame) return job;
  }
  return undefined;
}

/** Who is in, and who has not answered yet. */
async function lookAtMembers(
  run: WorkflowRun<"members">,
  engagement: string,
  invitations: readonly JsonObject[],
  shared: JsonObject,
): Promise<WorkflowOutcome> {
  const invited = invitations.map((each) => textAt(each, "Receiver.Account.AwsAccountId") ?? "");
  const { waitForPeople = false } = run.surroundings;
  const found = await run.step(
    "members",
    async (step) => {
      let newest = {
        members: [] as readonly string[],
        open: [] as readonly string[],
        refused: [] as readonly string[],
      };
      await step.poll(
        async () => {
          newest = await answersOf(step, engagement, invited);
          return !waitForPeople || newest.open.length === 0 ? newest : undefined;
        },
        { why: "the invited partners have not answered", firstMs: 60_000, slowestMs: hourMs },
      );
      return newest;
    },
    { keep: () => false, says: ({ members }) => `Members: ${members.join(", ")}.` },
  );
  const { members, open, refused } = found;
  const result = { engagement, ...shared, members, open, refused };
  const role =
    shared["jobHasRole"] === false
      ? ["Name a role for snapshot jobs (PutSellingSystemSettings): until then members see the first snapshot only."]
      : [];
  if (refused.length > 0) {
    const summary = `Engagement ${engagement}: ${refused.join(", ")} rejected the invitation or let it expire.`;
    return { status: "needs-person", summary, next: ["Talk to the partner; then invite it again.", ...role], result };
  }
  if (open.length > 0) {
    const summary = `Engagement ${engagement} is open; ${open.join(", ")} has not answered yet.`;
    return { status: "waiting", summary, next: ["Look again later with the same memory.", ...role], result };
  }
  const summary = `Engagement ${engagement} has ${members.length} ${members.length === 1 ? "member" : "members"}.`;
  return { status: role.length > 0 ? "needs-person" : "done", summary, next: role, result };
}

async function answersOf(
  step: WorkflowStep,
  engagement: string,
  invited: readonly string[],
): Promise<{ members: readonly string[]; open: readonly string[]; refused: readonly string[] }> {
  const list = await step.readAll("ListEngagementMembers", { Identifier: engagement });
  const members = list.flatMap((member) => textAt(member, "AccountId") ?? []);
  const missing = invited.filter((account) => !members.includes(account));
  if (missing.length === 0) return { members, open: [], refused: [] };
  const sent = await step.readAll("ListEngagementInvitations", {
    ParticipantType: "SENDER",
    EngagementIdentifier: [engagement],
  });
  const isOpen = (account: string): boolean =>
    sent.some(
      (each) => textAt(each, "Receiver.Account.AwsAccountId") === account && textAt(each, "Status") === "PENDING",
    );
  return {
    members,
    open: missing.filter(isOpen),
    refused: missing.filter((account) => !isOpen(account)),
  };
}
