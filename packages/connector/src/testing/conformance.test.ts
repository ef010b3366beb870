import { describe, expect, it } from "@jest/globals";
import type { Connection, Connector } from "../connector.ts";
import { connectorConformance } from "./conformance.ts";
import { FailureError } from "../failure.ts";
import { memoryWebhook, memoryWebhookOffer } from "./memory-webhook.ts";
import { Secret } from "../secret.ts";
import { type MemoryConfig, memoryConnector, memoryWorld } from "./memory-crm.ts";
import type { ConformanceWorld } from "./world.ts";

const { sentAt } = memoryWebhookOffer(new Secret("any"));

const noServer = "a CRM in memory answers without a server";
const skips = {
  "a signal ends a call in flight: aborted": noServer,
  "a server that never answers: a read is transient within its time-out, a write an unknown outcome": noServer,
  "an answer that is lost: a read is transient, a write that happened an unknown outcome": noServer,
  "a server that is gone: transient": noServer,
  "asked too often: throttled or quota, with the pause that the CRM asks for, and not repeated": noServer,
  "an answer that is not the CRM's, such as a proxy's page: a failure that does not repeat it": noServer,
  "changes tells a record with a version nobody knows when a related record changes that it is read with":
    "the CRM in memory has one object",
};

describe("a connector that keeps the contract", () => {
  connectorConformance({ it, connector: memoryConnector, makeWorld: memoryWorld, skips });
});

interface Flaw {
  readonly connector?: Partial<Connector<MemoryConfig>>;
  readonly world?: Partial<ConformanceWorld>;
  readonly connection?: (honest: Connection) => Partial<Connection>;
}

/** The rules that a connector with this flaw breaks. */
async function brokenRules({ connector, connection, world: offers }: Flaw): Promise<readonly string[]> {
  const cases: (readonly [string, () => Promise<void>])[] = [];
  connectorConformance({
    it: (name, run) => cases.push([name, run]),
    connector: { ...memoryConnector, ...connector },
    skips,
    makeWorld: async () => {
      const world = await memoryWorld();
      const flawed = (honest: Connection): Connection => ({ ...honest, ...connection?.(honest) });
      const { open } = world;
      return {
        ...world,
        connection: flawed(world.connection),
        ...(open && { open: async (context) => flawed(await open(context)) }),
        ...offers,
      };
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
      "compares letter by letter",
      {
        connection: (honest) => ({
          find: async (request) => {
            const refs = await honest.find(request);
            const read = await honest.read({ object: request.object, refs, fields: [request.field] });
            const exact = (held: unknown): boolean =>
              "contains" in request.match || request.match.equals.includes(String(held));
            return refs.filter((_, index) => {
              const row = read[index];
              return row?.status === "found" && exact(row.record[request.field]);
            });
          },
        }),
      },
      /^find gives the records that hold/,
    ],
    [
      "finds everything by a part",
      {
        connection: (honest) => ({
          find: ({ match, ...request }) =>
            honest.find({ ...request, match: "contains" in match ? match : { contains: match.equals[0] ?? "" } }),
        }),
      },
      /^find /,
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
    [
      "throws from check",
      {
        connection: (honest) => ({
          check: async () => {
            const check = await honest.check();
            if (!check.ok) throw new FailureError(check.failure);
            return check;
          },
        }),
        world: {
          openRefused: async () => {
            throw new FailureError({ kind: "auth", message: "Refused." });
          },
        },
      },
      /^check answers refused/,
    ],
    ["answers after it was closed", { connection: () => ({ close: async () => undefined }) }, /^close may come twice/],
    [
      "prints what it holds",
      { connection: () => ({ toJSON: () => ({ password: "sesame-in-memory" }) }) as object },
      /^no log line/,
    ],
    [
      "repeats a record's value",
      {
        connection: (honest) => ({
          write: async (operations) =>
            (await honest.write(operations)).map((result, index) =>
              result.ok
                ? result
                : { ok: false, failure: { kind: "invalid", message: JSON.stringify(operations[index]), issues: [] } },
            ),
        }),
      },
      /^no log line/,
    ],
    [
      "trims and composes texts",
      {
        connection: (honest) => ({
          write: (operations) =>
            honest.write(
              operations.map((operation) => ({
                ...operation,
                fields: Object.fromEntries(
                  Object.entries(operation.fields).map(([name, value]) => [
                    name,
                    typeof value === "string" ? value.normalize("NFC").replace(/^=/, "'=") : value,
                  ]),
                ),
              })),
            ),
        }),
      },
      /^write keeps texts/,
    ],
    [
      "tells a version of its own after a write",
      {
        connection: (honest) => ({
          write: async (operations) =>
            (await honest.write(operations)).map((result) => (result.ok ? { ...result, version: "new" } : result)),
        }),
      },
      /^write tells the version/,
    ],
    [
      "cuts off what is beyond a batch",
      {
        connection: (honest) => ({
          read: (request) => honest.read({ ...request, refs: request.refs.slice(0, 10) }),
        }),
      },
      /^read beyond readBatch/,
    ],
    [
      "takes every cursor",
      {
        connection: (honest) => ({
          changes: async (request) => {
            const page = await honest.changes(request);
            return page.cursorLost ? { changes: [], cursor: request.cursor ?? "", caughtUp: true } : page;
          },
        }),
      },
      /^changes says that a cursor is lost/,
    ],
    [
      "describes a choice without its values",
      {
        connection: (honest) => ({
          describe: async (object) => {
            const schema = await honest.describe(object);
            return { ...schema, fields: schema.fields.map((field) => ({ ...field, picklist: [] })) };
          },
        }),
      },
      /^describe tells the values/,
    ],
    [
      "accepts any configuration",
      {
        connector: {
          config: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value: value as never }) } },
        },
      },
      /^config refuses/,
    ],
    [
      "believes every request",
      { connector: { webhook: { receive: () => ({ ok: true, changes: [] }) } } },
      /^a request without its proof/,
    ],
    [
      "takes requests of any age",
      { connector: { webhook: { receive: (request, config) => memoryWebhook.receive(request, config, sentAt) } } },
      /^a request that comes a day late/,
    ],
    ["is of another version", { connector: { specVersion: 2 as never } }, /^is written for this version/],
  ])("%s", async (_, flaw, rule) => {
    expect(await brokenRules(flaw)).toContainEqual(expect.stringMatching(rule));
  });
});

describe("skips", () => {
  const titles = (more: Readonly<Record<string, string>>, connector = memoryConnector): readonly string[] => {
    const names: string[] = [];
    connectorConformance({ it: (name) => names.push(name), connector, makeWorld: memoryWorld, skips: more });
    return names;
  };

  it("stay visible with their reason", () => {
    expect(titles(skips)).toContain(
      "a server that is gone: transient (not tested: a CRM in memory answers without a server)",
    );
    expect(titles({})).toContain(
      "changes reports a merge and its survivor (not tested: the connector does not claim changes.reportsMerges)",
    );
  });

  it.each([
    ["name no case", { "no such case": "because" }, /no such case/],
    ["give no reason", { "a server that is gone: transient": " " }, /gives no reason/],
    ["contradict a claim", { "changes reports a delete": "not today" }, /claims changes.reportsDeletes/],
    ["say what is known", { "changes reports a merge and its survivor": "never" }, /does not claim/],
  ])("are refused when they %s", (_, more, message) => {
    expect(() => titles(more)).toThrow(message);
  });

  it("are found out when the case passes", async () => {
    const runs = new Map<string, () => Promise<void>>();
    connectorConformance({
      it: (name, run) => runs.set(name, run),
      connector: memoryConnector,
      makeWorld: memoryWorld,
      skips: { "find takes many values": "it is slow" },
    });
    await expect(runs.get("find takes many values (not tested: it is slow)")?.()).rejects.toThrow(/take it out/);
  });
});
