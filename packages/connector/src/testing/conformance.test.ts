import { describe, expect, it } from "@jest/globals";
import type { Connection, Connector } from "../connector.ts";
import { connectorConformance } from "./conformance.ts";
import { memoryConnector, memoryWorld } from "./memory-crm.ts";

describe("a connector that keeps the contract", () => {
  connectorConformance({ it, connector: memoryConnector, makeWorld: memoryWorld });
});

interface Flaw {
  readonly connector?: Partial<Connector<object>>;
  readonly connection?: (honest: Connection) => Partial<Connection>;
}

/** The rules that a connector with this flaw breaks. */
async function brokenRules({ connector, connection }: Flaw): Promise<readonly string[]> {
  const cases: (readonly [string, () => Promise<void>])[] = [];
  connectorConformance({
    it: (name, run) => cases.push([name, run]),
    connector: { ...memoryConnector, ...connector },
    makeWorld: async () => {
      const world = await memoryWorld();
      return { ...world, connection: { ...world.connection, ...connection?.(world.connection) } };
    },
  });
  const outcomes = await Promise.all(
    cases.map(([name, run]) =>
      run().then(
        () => [],
        () => [name],
      ),
    ),
  );
  return outcomes.flat();
}

describe("connectorConformance finds a connector that", () => {
  it.each<[string, Flaw, RegExp]>([
    [
      "answers in an order of its own",
      { connection: (honest) => ({ read: async (request) => (await honest.read(request)).toReversed() }) },
      /^read answers in the order/,
    ],
    [
      "gives nothing for a missing record",
      {
        connection: (honest) => ({
          read: async (request) => (await honest.read(request)).filter(({ status }) => status === "found"),
        }),
      },
      /^read answers in the order/,
    ],
    [
      "leaves unknown fields out",
      {
        connection: (honest) => ({
          read: (request) =>
            honest.read({ ...request, fields: request.fields.filter((field) => field !== "No_Such_Field") }),
        }),
      },
      /^read of an unknown field/,
    ],
    [
      "gives every record the same version",
      {
        connection: (honest) => ({
          read: async (request) =>
            (await honest.read(request)).map((result) =>
              result.status === "found" ? { ...result, version: "1" } : result,
            ),
        }),
      },
      /^read gives a version that changes/,
    ],
    [
      "stops after the first page",
      {
        connection: (honest) => ({
          changes: async (request) => ({ ...(await honest.changes(request)), caughtUp: true }),
        }),
      },
      /^changes misses nothing/,
    ],
    [
      "ignores the limit",
      {
        connection: (honest) => ({
          changes: ({ object, cursor }) => honest.changes({ object, ...(cursor !== undefined && { cursor }) }),
        }),
      },
      /^changes misses nothing/,
    ],
    [
      "says nothing of deletes",
      {
        connection: (honest) => ({
          changes: async (request) => {
            const page = await honest.changes(request);
            return page.cursorLost ? page : { ...page, changes: page.changes.filter(({ kind }) => kind !== "delete") };
          },
        }),
      },
      /^changes reports a delete/,
    ],
    [
      "writes in spite of a stale version",
      {
        connection: (honest) => ({
          write: (operations) =>
            honest.write(
              operations.map((operation) =>
                operation.kind === "update"
                  ? { kind: operation.kind, object: operation.object, ref: operation.ref, fields: operation.fields }
                  : operation,
              ),
            ),
        }),
      },
      /^write with a stale version/,
    ],
    [
      "creates twice",
      {
        connection: (honest) => ({
          write: (operations) =>
            honest.write(
              operations.map((operation) =>
                operation.kind === "create"
                  ? { kind: operation.kind, object: operation.object, fields: operation.fields }
                  : operation,
              ),
            ),
        }),
      },
      /^write creates one record/,
    ],
    [
      "throws where one record of a list is refused",
      {
        connection: (honest) => ({
          write: async (operations) => {
            const results = await honest.write(operations);
            if (results.some(({ ok }) => !ok)) throw new Error("refused");
            return results;
          },
        }),
      },
      /^write gives every operation its own result/,
    ],
    ["takes anything for an id", { connection: () => ({ canonicalRef: (ref) => ref }) }, /^canonicalRef keeps/],
    [
      "cannot classify everything",
      { connector: { classify: (error) => ({ kind: "bug", message: (error as Error).message }) } },
      /^classify makes a failure of anything/,
    ],
    [
      "repeats the text of an error",
      { connector: { classify: (error) => ({ kind: "bug", message: `Failed: ${String(error)}` }) } },
      /^classify does not repeat/,
    ],
    [
      "promises merges and reports none",
      {
        connector: {
          capabilities: {
            ...memoryConnector.capabilities,
            changes: { ...memoryConnector.capabilities.changes, reportsMerges: true },
          },
        },
      },
      /^changes reports a merge/,
    ],
    ["is of another version", { connector: { specVersion: 2 as never } }, /^is written for this version/],
  ])("%s", async (_, flaw, rule) => {
    expect(await brokenRules(flaw)).toContainEqual(expect.stringMatching(rule));
  });
});
