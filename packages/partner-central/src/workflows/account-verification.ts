import type { JsonObject } from "@cosell/connector";
import { textAt, withoutAbsent } from "./values.ts";
import type { WorkflowOutcome, WorkflowRun, WorkflowStep } from "./workflow.ts";

const detailsOf = {
  BUSINESS_VERIFICATION: "BusinessVerificationDetails",
  REGISTRANT_VERIFICATION: "RegistrantVerificationDetails",
} as const;
const responseOf = {
  BUSINESS_VERIFICATION: "BusinessVerificationResponse",
  REGISTRANT_VERIFICATION: "RegistrantVerificationResponse",
} as const;

/** States in which nothing more happens by itself. Source: service model, VerificationStatus. */
const running = "IN_PROGRESS";

/**
 * Brings about one verification; `undefined` when it succeeded or none was asked for. One that failed is forgotten, so that
 * the next run starts another. The page on which a person goes on is told, and never stored.
 */
export async function verify<Step extends string>(
  run: WorkflowRun<Step>,
  [start, follow]: readonly [NoInfer<Step>, NoInfer<Step>],
  type: keyof typeof detailsOf,
  details: JsonObject | undefined,
): Promise<WorkflowOutcome | undefined> {
  if (details === undefined) return undefined;
  const { taskPatienceMs = 600_000, waitForPeople = false } = run.surroundings;
  const look = (step: WorkflowStep): Promise<JsonObject> =>
    step.read("GetVerification", { VerificationType: type }, "account");
  await run.step(start, async (step) => {
    const answer = await step.write({
      service: "account",
      operation: "StartVerification",
      input: { VerificationDetails: { [detailsOf[type]]: details } },
      // Refused since it is under way, or done.
      tookEffect: async () => {
        const found = await look(step);
        return ["FAILED", "REJECTED"].includes(textAt(found, "VerificationStatus") ?? "") ? undefined : found;
      },
    });
    return withoutAbsent({ startedAt: textAt(answer, "StartedAt") });
  });
  let page: string | undefined;
  const found = await run.step(
    follow,
    async (step) => {
      let newest: JsonObject = {};
      await step.poll(
        async () => {
          newest = await look(step);
          const status = textAt(newest, "VerificationStatus");
          return status === running || (status === "PENDING_CUSTOMER_ACTION" && waitForPeople) ? undefined : newest;
        },
        {
          why: "AWS is verifying, or waits for who registers",
          firstMs: 2000,
          slowestMs: 60_000,
          ...(!waitForPeople && { patienceMs: taskPatienceMs }),
        },
      );
      page = textAt(newest, `VerificationResponseDetails.${responseOf[type]}.CompletionUrl`);
      return withoutAbsent({
        status: textAt(newest, "VerificationStatus"),
        reason: textAt(newest, "VerificationStatusReason"),
      });
    },
    {
      keep: ({ status }) => status === "SUCCEEDED",
      says: ({ status }) => `It is ${typeof status === "string" ? status : "not told"}.`,
    },
  );
  const status = textAt(found, "status") ?? "without a status";
  if (status === "SUCCEEDED") return undefined;
  const result = { verification: type, status };
  if (status === running) {
    const next = ["Go on later with the same memory: it is looked at again, not started again."];
    return { status: "waiting", summary: `AWS is still at ${type}.`, next, result };
  }
  if (status === "PENDING_CUSTOMER_ACTION") {
    const next = [
      page === undefined ? "Complete it in Partner Central." : `Complete it here: ${page}`,
      "Then go on with the same memory.",
    ];
    return { status: "needs-person", summary: `${type} waits for who registers.`, next, result };
  }
  await run.forget(start, follow);
  const reason = textAt(found, "reason");
  return {
    status: "needs-person",
    summary: `${type} is ${status}${reason === undefined ? "" : `: ${reason}`}.`,
    next: ["Correct the details, then run the workflow again."],
    result,
  };
}
