import assert from "node:assert/strict";
import { failureOf } from "../failure.ts";
import { type CaseContext, type Claim, type ConformanceCase, createRecord, offered } from "./conformance-case.ts";
import { drain, refsOf } from "./drain.ts";
import { failureFrom } from "./failing.ts";
import { readOne } from "./read-cases.ts";

/** Makes records that share, as far as the CRM can, one stamp. */
async function createMany(context: CaseContext, count: number): Promise<readonly string[]> {
  const refs = [];
  for (let number = 0; number < count; number += 1) refs.push(await createRecord(context, `record ${number}`));
  return refs.sort();
}

const reportsDeletes: Claim = {
  name: "changes.reportsDeletes",
  made: ({ capabilities }) => capabilities.changes.reportsDeletes,
};
const reportsMerges: Claim = {
  name: "changes.reportsMerges",
  made: ({ capabilities }) => capabilities.changes.reportsMerges,
};
const overlaps: Claim = {
  name: "changes.overlapMs",
  made: ({ capabilities }) => capabilities.changes.overlapMs > 0,
};

/** The change feed: nothing is missed. Telling something twice is allowed. */
export const changesCases: readonly ConformanceCase[] = [
  {
    name: "changes without a cursor lists everything that exists",
    run: async (context) => {
      const refs = await createMany(context, 3);
      await context.settle();
      const { changes } = await drain(context.connection, { object: context.object });
      assert.deepEqual(
        refsOf(changes).filter((ref) => refs.includes(ref)),
        refs,
      );
      for (const change of changes) assert.ok(change.kind !== "upsert" || change.version.length > 0);
    },
  },
  {
    name: "changes misses nothing when records share a stamp and pages are small",
    run: async (context) => {
      const refs = await createMany(context, 7);
      await context.settle();
      const { changes } = await drain(context.connection, { object: context.object, limit: 2 });
      assert.deepEqual(
        refsOf(changes).filter((ref) => refs.includes(ref)),
        refs,
      );
    },
  },
  {
    name: "changes with a cursor tells what is new since, again and again from the same cursor",
    run: async (context) => {
      const { connection, object, textField } = context;
      const [changed = ""] = await createMany(context, 3);
      await context.settle();
      const before = await drain(connection, { object });
      await context.settle();
      await context.update(changed, { [textField]: "changed" });
      const [created = ""] = await createMany(context, 1);
      await context.settle();
      for (let time = 0; time < 2; time += 1) {
        const after = refsOf((await drain(connection, { object, cursor: before.cursor, limit: 2 })).changes);
        assert.ok(after.includes(changed) && after.includes(created));
      }
    },
  },
  {
    name: "changes tells a record again that changes while its page has been read and others have not",
    run: async (context) => {
      const { connection, object, textField } = context;
      const refs = await createMany(context, 5);
      await context.settle();
      const first = await connection.changes({ object, limit: 2 });
      assert.ok(first.cursorLost !== true && !first.caughtUp);
      const [listed] = first.changes;
      assert.ok(listed?.kind === "upsert");
      await context.settle();
      await context.update(listed.ref, { [textField]: "changed meanwhile" });
      await context.settle();
      const rest = await drain(connection, { object, limit: 2, cursor: first.cursor });
      await context.settle();
      const { changes } = await drain(connection, { object, limit: 2, cursor: rest.cursor });
      const all = [...first.changes, ...rest.changes, ...changes];
      assert.deepEqual(
        refsOf(all).filter((ref) => refs.includes(ref)),
        refs,
      );
      assert.ok(
        all.some(
          (change) => change.kind === "upsert" && change.ref === listed.ref && change.version !== listed.version,
        ),
      );
    },
  },
  {
    name: "changes misses nothing when records are created and removed while it pages",
    run: async (context) => {
      const { connection, object } = context;
      const refs = await createMany(context, 6);
      await context.settle();
      const first = await connection.changes({ object, limit: 2 });
      assert.ok(first.cursorLost !== true && !first.caughtUp);
      const listed = new Set(refsOf(first.changes));
      const [removed = ""] = refs.filter((ref) => !listed.has(ref));
      await context.remove(removed);
      const created = await createMany(context, 2);
      await context.settle();
      const rest = await drain(connection, { object, limit: 2, cursor: first.cursor });
      await context.settle();
      const { changes } = await drain(connection, { object, limit: 2, cursor: rest.cursor });
      const told = new Set(refsOf([...first.changes, ...rest.changes, ...changes]));
      const wanted = [...refs, ...created].filter((ref) => ref !== removed);
      assert.deepEqual(
        wanted.filter((ref) => !told.has(ref)),
        [],
      );
    },
  },
  {
    name: "changes reads the overlap again, since a record can appear late",
    claim: overlaps,
    run: async (context) => {
      const { connection, object } = context;
      const refs = await createMany(context, 2);
      await context.settle();
      const { cursor } = await drain(connection, { object });
      await context.settle();
      const again = refsOf((await drain(connection, { object, cursor })).changes);
      assert.deepEqual(
        again.filter((ref) => refs.includes(ref)),
        refs,
      );
    },
  },
  {
    name: "changes reports a delete",
    claim: reportsDeletes,
    run: async (context) => {
      const { connection, object } = context;
      const [removed = "", kept = ""] = await createMany(context, 2);
      await context.settle();
      const { cursor } = await drain(connection, { object });
      await context.settle();
      await context.remove(removed);
      await context.settle();
      const { changes } = await drain(connection, { object, cursor });
      assert.ok(changes.some(({ kind, ref }) => kind === "delete" && ref === removed));
      assert.ok(!changes.some(({ kind, ref }) => kind === "delete" && ref === kept));
    },
  },
  {
    name: "changes reports a merge and its survivor",
    claim: reportsMerges,
    run: async (context) => {
      const { connection, settle } = context;
      const { object, loser, survivor, merge } = await offered(context, "merging")();
      await settle();
      const { cursor } = await drain(connection, { object });
      await settle();
      await merge();
      await settle();
      const { changes } = await drain(connection, { object, cursor });
      assert.ok(
        changes.some((change) => change.kind === "merge" && change.ref === loser && change.survivor === survivor),
      );
      assert.deepEqual(await connection.read({ object, refs: [loser], fields: [] }), [
        { status: "merged", ref: loser, survivor },
      ]);
    },
  },
  {
    name: "read of a merge's survivor names the record that went into it, and of others names none",
    claim: reportsMerges,
    run: async (context) => {
      const { connection, settle } = context;
      const { object, loser, survivor, merge } = await offered(context, "merging")();
      await settle();
      const [before] = await connection.read({ object, refs: [loser], fields: [] });
      assert.ok(before?.status === "found" && (before.absorbed ?? []).length === 0);
      await merge();
      await settle();
      const [after] = await connection.read({ object, refs: [survivor], fields: [] });
      const absorbed = after?.status === "found" ? (after.absorbed ?? []) : [];
      assert.ok(absorbed.includes(loser), "the survivor does not name it");
      assert.ok(!absorbed.includes(survivor), "a record does not go into itself");
    },
  },
  {
    name: "changes tells a record with a version nobody knows when a related record changes that it is read with",
    run: async (context) => {
      const { connection, object, textField } = context;
      const related = offered(context, "related");
      const [ref = ""] = await createMany(context, 2);
      await context.settle();
      const { cursor } = await drain(connection, { object, fields: [related.path] });
      await context.settle();
      await related.change(ref);
      await context.settle();
      // Whoever compares versions would pass over the record's own one, and miss the change.
      const { version } = await readOne(connection, object, ref, textField);
      for (const limit of [1, 100]) {
        const { changes } = await drain(connection, { object, fields: [related.path], cursor, limit });
        assert.ok(
          changes.some((change) => change.kind === "upsert" && change.ref === ref && change.version !== version),
        );
      }
    },
  },
  {
    name: "changes since a time tells what changed and went since then, and goes on from there",
    run: async (context) => {
      const { connector, connection, object, textField, now = Date.now } = context;
      const [changed = "", removed = ""] = await createMany(context, 3);
      await context.settle();
      await drain(connection, { object });
      const since = new Date(now()).toISOString();
      await context.settle();
      await context.update(changed, { [textField]: "changed" });
      await context.remove(removed);
      const [created = ""] = await createMany(context, 1);
      await context.settle();
      const { changes, cursor } = await drain(connection, { object, since, limit: 2 });
      assert.ok(refsOf(changes).includes(changed) && refsOf(changes).includes(created));
      if (connector.capabilities.changes.reportsDeletes)
        assert.ok(changes.some(({ kind, ref }) => kind === "delete" && ref === removed));
      const [later = ""] = await createMany(context, 1);
      await context.settle();
      assert.ok(refsOf((await drain(connection, { object, cursor })).changes).includes(later));
    },
  },
  {
    name: "changes says that a cursor is lost which the CRM no longer knows",
    run: async (context) => {
      const { connection, object } = context;
      await createMany(context, 1);
      await context.settle();
      const { cursor } = await drain(connection, { object });
      await offered(context, "loseCursor")();
      assert.equal((await connection.changes({ object, cursor })).cursorLost, true);
      assert.notEqual((await connection.changes({ object })).cursorLost, true);
    },
  },
  {
    name: "changes of an unknown object fails and names it",
    run: async ({ connection }) => {
      const failure = await failureFrom(() => connection.changes({ object: "No_Such_Object" }));
      assert.ok(failure.kind === "missing" || failure.kind === "config", failure.kind);
      assert.match(failure.message, /No_Such_Object/);
    },
  },
  {
    name: "changes does not take a stranger's cursor",
    run: async ({ connection, object }) => {
      try {
        assert.equal((await connection.changes({ object, cursor: "not a cursor" })).cursorLost, true);
      } catch (error) {
        assert.ok(failureOf(error), "an unreadable cursor is lost, or a FailureError");
      }
    },
  },
];
