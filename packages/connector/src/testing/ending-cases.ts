import assert from "node:assert/strict";
import type { Connection } from "../connector.ts";
import { type CaseContext, type ConformanceCase, createRecord, offered } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";
import { interposeServer } from "./interposed-server.ts";
import { writeFailure } from "./write-failure.ts";

/** Every call that asks the CRM something, by its name. */
function calls(connection: Connection, { object, textField }: CaseContext, ref: string) {
  const match = { equals: ["x"] };
  return {
    describe: () => connection.describe(object),
    changes: () => connection.changes({ object }),
    read: () => connection.read({ object, refs: [ref], fields: [textField] }),
    find: () => connection.find({ object, field: textField, match }),
  };
}

async function assertAborted(connection: Connection, context: CaseContext, ref: string): Promise<void> {
  const { object, textField } = context;
  for (const [name, call] of Object.entries(calls(connection, context, ref)))
    assert.equal((await failureFrom(call)).kind, "aborted", name);
  const check = await connection.check();
  assert.ok(!check.ok && check.failure.kind === "aborted", "check");
  const fields = { [textField]: "too late" };
  assert.equal((await writeFailure(connection, { kind: "update", object, ref, fields })).kind, "aborted", "write");
}

/** Ends that we bring about ourselves. */
export const endingCases: readonly ConformanceCase[] = [
  {
    name: "a signal that is over lets no call begin: aborted, and nothing is written",
    run: async (context) => {
      const { connection: untouched, object, textField } = context;
      const ref = await createRecord(context, "before");
      const connection = await offered(context, "open")({ signal: AbortSignal.abort() });
      await assertAborted(connection, context, ref);
      await connection.close();
      const [result] = await untouched.read({ object, refs: [ref], fields: [textField] });
      assert.ok(result?.status === "found" && result.record[textField] === "before");
    },
  },
  {
    name: "a signal ends a call in flight: aborted",
    run: async (context) => {
      const ref = await createRecord(context, "one");
      const server = await interposeServer(offered(context, "address"));
      const names = ["describe", "changes", "read", "find"] as const;
      try {
        for (const name of names) {
          const controller = new AbortController();
          const connection = await offered(context, "open")({ signal: controller.signal }, server.address);
          server.interfere("silent");
          const failing = failureFrom(calls(connection, context, ref)[name]);
          await Promise.race([server.nextRequest(), failing]);
          controller.abort();
          assert.equal((await failing).kind, "aborted", name);
          await connection.close();
        }
      } finally {
        await server.close();
      }
    },
  },
  {
    name: "close may come twice, and a closed connection answers nothing more: aborted",
    run: async (context) => {
      const ref = await createRecord(context, "one");
      const connection = await offered(context, "open")({});
      const [result] = await connection.read({ object: context.object, refs: [ref], fields: [context.textField] });
      assert.equal(result?.status, "found");
      await connection.close();
      await connection.close();
      await assertAborted(connection, context, ref);
    },
  },
];
