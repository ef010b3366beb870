import assert from "node:assert/strict";
import type { FindRequest } from "../connector.ts";
import type { CaseContext, ConformanceCase } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";

async function createNamed(context: CaseContext, ...names: readonly string[]): Promise<readonly string[]> {
  const refs: string[] = [];
  for (const name of names) {
    const fields = { ...context.newRecord, [context.textField]: name };
    refs.push(context.connection.canonicalRef(await context.create(fields)));
  }
  // A CRM's search may lag behind its records.
  await context.settle();
  return refs;
}

function find(
  { connection, object, textField }: CaseContext,
  match: FindRequest["match"],
  limit?: number,
): Promise<readonly string[]> {
  return connection.find({ object, field: textField, match, ...(limit === undefined ? {} : { limit }) });
}

/** Finding records by a value. */
export const findCases: readonly ConformanceCase[] = [
  {
    name: "find gives the records that hold one of the values, whatever their case and the blanks at the ends",
    run: async (context) => {
      const [north = "", south = ""] = await createNamed(context, "Lake North", "Lake South", "Lake");
      const found = await find(context, { equals: [" lake north ", "LAKE SOUTH", "Lake West"] });
      assert.deepEqual([...found].sort(), [north, south].sort());
    },
  },
  {
    name: "find gives the records that contain a text",
    run: async (context) => {
      const [one = ""] = await createNamed(context, "North Data Lake 7", "North Data 7");
      assert.deepEqual(await find(context, { contains: "data lake" }), [one]);
    },
  },
  {
    name: "find takes a value for nothing but a value",
    run: async (context) => {
      const odd = [`O'Neil "Ltd" \\ Sons`, "100% A_B", "a\\' OR Name LIKE '%"];
      const refs = await createNamed(context, ...odd, "100 AXB");
      for (const [index, name] of odd.entries())
        assert.deepEqual(await find(context, { equals: [name] }), [refs[index]]);
    },
  },
  {
    name: "find of a value that nothing holds, or of none, gives nothing",
    run: async (context) => {
      await createNamed(context, "Lake");
      for (const equals of [["Nobody"], [""], []]) assert.deepEqual(await find(context, { equals }), []);
    },
  },
  {
    name: "find gives no more than `limit`, and each record once",
    run: async (context) => {
      const refs = await createNamed(context, "Lake", "Lake", "Lake");
      const found = await find(context, { equals: ["Lake", "lake"] });
      assert.deepEqual([...found].sort(), [...refs].sort());
      assert.equal((await find(context, { equals: ["Lake"] }, 2)).length, 2);
    },
  },
  {
    name: "find takes many values",
    run: async (context) => {
      const [ref] = await createNamed(context, "Lake 321");
      const equals = Array.from({ length: 400 }, (_, number) => `Lake ${number}`);
      assert.deepEqual(await find(context, { equals }), [ref]);
    },
  },
  {
    name: "find does not give a deleted record",
    run: async (context) => {
      const [removed = "", kept = ""] = await createNamed(context, "Lake", "Lake");
      await context.remove(removed);
      await context.settle();
      assert.deepEqual(await find(context, { equals: ["Lake"] }), [kept]);
    },
  },
  {
    name: "find by an unknown field fails and names it",
    run: async ({ connection, object }) => {
      const match = { equals: ["x"] };
      const failure = await failureFrom(() => connection.find({ object, field: "No_Such_Field", match }));
      assert.ok(failure.kind === "config" || failure.kind === "invalid", failure.kind);
      assert.match(failure.message, /No_Such_Field/);
    },
  },
];
