import assert from "node:assert/strict";
import { type ConformanceCase, createRecord, offered } from "./conformance-case.ts";
import { drain, refsOf } from "./drain.ts";

const hour = 3_600_000;

/** This machine's clock may be wrong: no change is missed for it. */
export const clockCases: readonly ConformanceCase[] = [
  {
    name: "changes loses nothing while this machine's clock is an hour ahead of the CRM's, and when it is put right",
    run: async (context) => {
      const { now = Date.now, object, textField } = context;
      let ahead = hour;
      const clock = { now: () => now() + ahead, sleep: () => Promise.resolve() };
      const open = offered(context, "open");
      const connection = await open({ clock });
      const ref = await createRecord(context, "before");
      await context.settle();
      let { cursor } = await drain(connection, { object });
      const isFound = async (text: string, over = connection): Promise<void> => {
        await context.settle();
        await context.update(ref, { [textField]: text });
        await context.settle();
        const told = await drain(over, { object, cursor });
        assert.ok(refsOf(told.changes).includes(ref), `the change "${text}" is not told`);
        ({ cursor } = told);
      };
      await isFound("while the clock is ahead");
      await isFound("while it still is");
      ahead = 0;
      await isFound("after the clock was put right");
      ahead = hour;
      await isFound("after it went ahead between two looks");
      await isFound("and the next look");
      await isFound("by another process, whose clock is right", await open({}));
    },
  },
];
