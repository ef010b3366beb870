import { describe, expect, it } from "@jest/globals";
import { type Failure, FailureError, failureOf, type JsonObject, systemClock } from "@cosell/connector";
import { runWorkflow } from "./run-workflow.ts";
import {
  defineWorkflow,
  type WorkflowCaller,
  type WorkflowProgress,
  type WorkflowRecord,
  type WorkflowSurroundings,
  type WorkflowWrite,
} from "./workflow.ts";

const done = { status: "done", summary: "Done.", next: [], result: {} } as const;

/** A workflow of one write. */
const oneWrite = (write: Partial<WorkflowWrite> = {}) =>
  defineWorkflow<"only">({
    name: "one",
    summary: "",
    input: [
      { name: "title", like: { operation: "CreateOpportunity", path: "Project.Title" }, describes: "" },
      {
        name: "code",
        like: { operation: "CreateOpportunity", path: "Project.Title" },
        describes: "",
        secret: true,
      },
    ],
    steps: { only: "The only step" },
    run: async (run, input: JsonObject) => {
      await run.step("only", (step) =>
        step.write({ operation: "CreateOpportunity", input: { Title: input["title"] ?? "" }, ...write }),
      );
      return done;
    },
  });

const failing = (failure: Failure): Promise<never> => Promise.reject(new FailureError(failure));

function surroundings(call: WorkflowCaller["call"], change: Partial<WorkflowSurroundings> = {}) {
  let record: WorkflowRecord | undefined;
  const sent: JsonObject[] = [];
  const waits: number[] = [];
  const progress: WorkflowProgress[] = [];
  const around: WorkflowSurroundings = {
    catalog: "Sandbox",
    selling: {
      call: (operation, input) => {
        sent.push(input);
        return call(operation, input);
      },
    },
    account: { call: (operation, input) => call(operation, input) },
    memory: {
      load: async () => record,
      save: async (next) => {
        record = structuredClone(next);
      },
    },
    clock: { now: () => systemClock.now(), sleep: async (milliseconds) => void waits.push(milliseconds) },
    onProgress: (one) => progress.push(one),
    ...change,
  };
  return { around, sent, waits, progress, record: () => record };
}

describe("runWorkflow", () => {
  it("stores a write with its token before it is sent, and what it gave afterwards", async () => {
    const seen: unknown[] = [];
    const world = surroundings(async () => {
      seen.push(world.record()?.steps);
      return { Id: "O1" };
    });
    await runWorkflow(oneWrite(), { title: "T" }, world.around);
    expect(seen).toEqual([{ only: { call: { operation: "CreateOpportunity", body: world.sent[0] } } }]);
    expect(world.sent[0]).toEqual({ Title: "T", ClientToken: expect.stringMatching(/^cosell-[0-9a-f-]{36}$/) });
    expect(world.record()?.steps).toEqual({ only: { result: { Id: "O1" } } });
  });

  it("makes the same call again while its outcome is not known, in the same run and in a later one", async () => {
    const lost = { kind: "unknown-outcome", message: "Lost." } as const;
    const world = surroundings(() => failing(lost), { tries: 3 });
    await expect(runWorkflow(oneWrite(), { title: "T" }, world.around)).rejects.toMatchObject({ failure: lost });
    await expect(runWorkflow(oneWrite(), undefined, world.around)).rejects.toMatchObject({ failure: lost });
    expect(world.sent).toHaveLength(6);
    expect(new Set(world.sent.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(world.waits).toEqual([1000, 2000, 1000, 2000]);
    expect(world.progress.filter(({ kind }) => kind === "waiting")).toHaveLength(4);
  });

  it("waits as long as AWS asks, and no longer than it must", async () => {
    let calls = 0;
    const slow = { kind: "throttled", message: "Slow.", retryAfterMs: 7000 } as const;
    const world = surroundings(async () => ((calls += 1) === 1 ? failing(slow) : { Id: "O1" }));
    expect(await runWorkflow(oneWrite(), {}, world.around)).toBe(done);
    expect(world.waits).toEqual([7000]);
  });

  it("takes a new token after a refusal, but not after one that may be about its own earlier try", async () => {
    const answers: Failure[] = [
      { kind: "invalid", message: "No.", issues: [] },
      { kind: "unknown-outcome", message: "Lost." },
      { kind: "conflict", message: "That token was used." },
      { kind: "permission", message: "Not you." },
    ];
    const world = surroundings(() => failing(answers.shift() ?? { kind: "bug", message: "One too many." }), {
      tries: 1,
    });
    for (let run = 0; run < 4; run += 1) await runWorkflow(oneWrite(), undefined, world.around).catch(() => undefined);
    const tokens = world.sent.map((body) => body["ClientToken"]);
    expect(tokens[1]).not.toBe(tokens[0]);
    expect(tokens.slice(1)).toEqual([tokens[1], tokens[1], tokens[1]]);
  });

  it("counts a refused write as done when it took effect, and finds out a locked body anew", async () => {
    const conflict = { kind: "conflict", message: "Changed." } as const;
    const there = oneWrite({ operation: "UpdateOpportunity", tookEffect: async () => ({ Id: "O1" }) });
    const world = surroundings(() => failing(conflict));
    expect(await runWorkflow(there, {}, world.around)).toBe(done);

    let locks = 0;
    const input = async () => ({ LastModifiedDate: String((locks += 1)) });
    const locked = surroundings((_, body) =>
      body["LastModifiedDate"] === "3" ? Promise.resolve({}) : failing(conflict),
    );
    await runWorkflow(oneWrite({ operation: "UpdateOpportunity", locked: true, input }), {}, locked.around);
    expect(locked.sent).toEqual([{ LastModifiedDate: "1" }, { LastModifiedDate: "2" }, { LastModifiedDate: "3" }]);
  });

  it("never stores a secret member", async () => {
    const world = surroundings(async () => ({ Id: "O1" }));
    await runWorkflow(oneWrite(), { title: "T", code: "123456" }, world.around);
    expect(JSON.stringify(world.record())).not.toContain("123456");
  });

  it("refuses the memory of another workflow or catalog, and an input that was changed", async () => {
    const world = surroundings(async () => ({ Id: "O1" }));
    await runWorkflow(oneWrite(), { title: "T" }, world.around);
    const kindOf = async (run: Promise<unknown>) => failureOf(await run.catch((error: unknown) => error))?.kind;
    const production = { ...world.around, catalog: "AWS" as const };
    expect(await kindOf(runWorkflow(oneWrite(), undefined, production))).toBe("config");
    expect(await kindOf(runWorkflow({ ...oneWrite(), name: "two" }, undefined, world.around))).toBe("config");
    expect(await kindOf(runWorkflow(oneWrite(), { title: "U" }, world.around))).toBe("config");
    expect(await runWorkflow(oneWrite(), { title: "T" }, world.around)).toBe(done);
    expect(world.sent).toHaveLength(1);
  });

  it("begins no step once it is told to stop", async () => {
    const world = surroundings(async () => ({ Id: "O1" }), { signal: AbortSignal.abort() });
    await expect(runWorkflow(oneWrite(), {}, world.around)).rejects.toMatchObject({ failure: { kind: "aborted" } });
    expect(world.sent).toEqual([]);
  });
});
