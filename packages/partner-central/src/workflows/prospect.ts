import type { JsonObject } from "@cosell/connector";
import { itemsAt } from "../model/opportunity-facts.ts";
import { explainReason } from "./reason-codes.ts";
import { textAt, withoutAbsent } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome } from "./workflow.ts";

/** Engagements whose customers AWS looks up. */
interface ProspectInput {
  readonly engagements: readonly string[];
  readonly name: string;
}

/** Prospecting has states of its own: COMPLETED, where other tasks say COMPLETE. Source: service model. */
const running: ReadonlySet<string> = new Set(["PENDING", "IN_PROGRESS"]);

/** AWS looks up the customers of engagements: segment, programs, scores. */
export const prospect = defineWorkflow<"start" | "task" | "results">({
  name: "prospect",
  summary: "let AWS look up the customers of engagements",
  input: [
    {
      name: "engagements",
      required: true,
      list: true,
      like: { operation: "CreateEngagementInvitation", path: "EngagementIdentifier" },
      describes: "ids of up to 100 engagements, such as eng-…",
      changeableUntil: "start",
    },
    {
      name: "name",
      required: true,
      like: { operation: "StartProspectingFromEngagementTask", path: "TaskName" },
      describes: "what the task is called",
      changeableUntil: "start",
    },
  ],
  rules: [
    ({ engagements }) =>
      Array.isArray(engagements) && engagements.length > 100
        ? [{ path: "engagements", code: "TOO_MANY_VALUES", message: "AWS takes up to 100 engagements at once." }]
        : [],
  ],
  steps: { start: "Start the look-up", task: "Follow the look-up", results: "Read the results" },
  run: async (run, { engagements, name }: ProspectInput) => {
    const { task } = await run.step(
      "start",
      async (step) => {
        const answer = await step.write({
          operation: "StartProspectingFromEngagementTask",
          input: { Identifiers: engagements, TaskName: name },
        });
        return { task: textAt(answer, "TaskId") ?? "" };
      },
      { says: (started) => `AWS calls it ${started.task}.` },
    );
    const ended = await run.step(
      "task",
      async (step) => {
        const items = await step.poll(
          async () => {
            const answer = await step.read("GetProspectingFromEngagementTask", { TaskIdentifier: task });
            const found = itemsAt(answer, "Engagements");
            return found.some((item) => running.has(textAt(item, "Status") ?? "")) ? undefined : found;
          },
          {
            why: "AWS is looking up the customers",
            firstMs: 2000,
            slowestMs: 30_000,
            patienceMs: run.surroundings.taskPatienceMs ?? 600_000,
          },
        );
        return items ?? [];
      },
      { keep: (items) => items.length > 0 },
    );
    if (ended.length === 0) {
      return {
        status: "waiting",
        summary: `AWS is still working on look-up ${task}.`,
        next: ["Go on later with the same memory: it is looked at again, not started again."],
        result: { task },
      };
    }
    const results = await run.step("results", async (step) => {
      const found: JsonObject[] = [];
      for (const item of ended.filter((one) => textAt(one, "Status") === "COMPLETED")) {
        const engagement = textAt(item, "EngagementIdentifier") ?? "";
        const contexts = itemsAt(await step.read("GetEngagement", { Identifier: engagement }), "Contexts");
        const context = contexts.find((each) => textAt(each, "Id") === textAt(item, "EngagementContextId"));
        found.push(withoutAbsent({ engagement, context: context?.["Id"], payload: context?.["Payload"] }));
      }
      return found;
    });
    return outcomeOf(task, ended, results);
  },
});

function outcomeOf(task: string, ended: readonly JsonObject[], results: readonly JsonObject[]): WorkflowOutcome {
  const failed = ended.filter((item) => textAt(item, "Status") !== "COMPLETED");
  const next = failed.map((item) => {
    const code = textAt(item, "ReasonCode");
    const said = textAt(item, "Message") ?? explainReason(code).cause;
    return `${textAt(item, "EngagementIdentifier") ?? ""} (${code ?? "no reason"}): ${said}`;
  });
  const done = `AWS looked up ${results.length} of ${ended.length} ${ended.length === 1 ? "customer" : "customers"}.`;
  return {
    status: failed.length > 0 ? "needs-person" : "done",
    summary: done,
    next,
    result: { task, results, failed },
  };
}
