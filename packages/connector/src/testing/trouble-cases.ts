import assert from "node:assert/strict";
import type { Connection } from "../connector.ts";
import { type CaseContext, type ConformanceCase, createRecord, offered } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";
import { type InterposedServer, interposeServer } from "./interposed-server.ts";
import { readOne } from "./read-cases.ts";
import { writeFailure } from "./write-failure.ts";

interface Trouble {
  readonly server: InterposedServer;
  /** Through the server, and used once already: what it looks up first, it knows. */
  readonly connection: Connection;
  readonly ref: string;
  readonly read: () => Promise<unknown>;
}

/** Stands between the connection and its CRM while `work` runs. */
async function between(context: CaseContext, work: (trouble: Trouble) => Promise<void>): Promise<void> {
  const { object, textField } = context;
  const open = offered(context, "open");
  const server = await interposeServer(offered(context, "address"));
  try {
    const ref = await createRecord(context, "before");
    const connection = await open({}, server.address);
    const fields = { [textField]: "warm" };
    await readOne(connection, object, ref, textField);
    await connection.write([{ kind: "update", object, ref, fields }]);
    const read = (): Promise<unknown> => connection.read({ object, refs: [ref], fields: [textField] });
    await work({ server, connection, ref, read });
    await connection.close();
  } finally {
    await server.close();
  }
}

/** A text by which a write is known on its way. */
const marker = "written-in-a-storm";

/** Servers that do not answer as they should. */
export const troubleCases: readonly ConformanceCase[] = [
  {
    name: "a server that never answers: a read is transient within its time-out, a write an unknown outcome",
    run: (context) =>
      between(context, async ({ server, connection, ref, read }) => {
        server.interfere("silent");
        assert.equal((await failureFrom(read)).kind, "transient");
        server.interfere("silent", marker);
        const fields = { [context.textField]: marker };
        const write = await writeFailure(connection, { kind: "update", object: context.object, ref, fields });
        assert.equal(write.kind, "unknown-outcome");
      }),
  },
  {
    name: "an answer that is lost: a read is transient, a write that happened an unknown outcome",
    run: (context) =>
      between(context, async ({ server, connection, ref, read }) => {
        const { object, textField } = context;
        server.interfere("answer-lost");
        assert.equal((await failureFrom(read)).kind, "transient");
        server.interfere("answer-lost", marker);
        const write = await writeFailure(connection, { kind: "update", object, ref, fields: { [textField]: marker } });
        assert.equal(write.kind, "unknown-outcome");
        const { record } = await readOne(context.connection, object, ref, textField);
        assert.equal(record[textField], marker, "the write did not reach the CRM: the case tried nothing");
      }),
  },
  {
    name: "a server that is gone: transient",
    run: (context) =>
      between(context, async ({ server, connection, ref, read }) => {
        await server.close();
        assert.equal((await failureFrom(read)).kind, "transient");
        const check = await connection.check();
        assert.ok(!check.ok && check.failure.kind === "transient", "check");
        const fields = { [context.textField]: marker };
        const write = await writeFailure(connection, { kind: "update", object: context.object, ref, fields });
        assert.ok(write.kind === "transient" || write.kind === "unknown-outcome", write.kind);
      }),
  },
  {
    name: "asked too often: throttled or quota, with the pause that the CRM asks for, and not repeated",
    run: (context) =>
      between(context, async ({ server, connection, ref, read }) => {
        const { retryAfterMs, ...answer } = offered(context, "throttledAnswer");
        const { object, textField } = context;
        for (const [holding, call] of [
          ["", () => failureFrom(read)],
          [marker, () => writeFailure(connection, { kind: "update", object, ref, fields: { [textField]: marker } })],
        ] as const) {
          server.interfere(answer, holding);
          const failure = await call();
          assert.ok(failure.kind === "throttled" || failure.kind === "quota", failure.kind);
          if (retryAfterMs !== undefined)
            assert.equal(failure.kind === "throttled" ? failure.retryAfterMs : undefined, retryAfterMs);
          assert.equal(server.received(), 1, "the engine alone repeats calls");
        }
      }),
  },
  {
    name: "an answer that is not the CRM's, such as a proxy's page: a failure that does not repeat it",
    run: (context) =>
      between(context, async ({ server, connection, read }) => {
        for (const status of [200, 404, 502]) {
          const headers = { "content-type": "text/html" };
          server.interfere({ status, headers, body: "<html><body>Please log in, jane@example.com</body></html>" });
          const failure = await failureFrom(read);
          const check = await connection.check();
          assert.ok(!check.ok, `check took a page (${status}) for the CRM`);
          assert.doesNotMatch(JSON.stringify([failure, check.failure]), /jane@example|<html>/);
        }
      }),
  },
];
