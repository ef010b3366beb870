import { equal, match } from "node:assert/strict";
import type { StateLine, StateStore } from "../store.ts";
import { type Case, claimAll, collect, failing, linkOfRecord, markRecords, newLink, same, sync } from "./case.ts";

async function* linesOf(lines: readonly StateLine[]): AsyncGenerator<StateLine> {
  yield* lines;
}

/** A state with a row in every table. */
const fill = async (store: StateStore): Promise<void> => {
  await store.bind("catalog", "Sandbox");
  await store.intake(sync, "crm", [], "c1");
  const link = await newLink(store, "006\u0000A");
  await claimAll(store, "worker");
  await markRecords(store, ["006\u0000A"], "again");
  await store.settle(link.id, {
    patch: { opportunityId: "O1", status: "linked", title: "456", observedAt: 5 },
    base: new Map([["P", { crm: null, aws: undefined }]]),
    fieldStates: [
      { path: "P", kind: "conflict", code: "c", reason: "r", sources: ["X"], detail: { crm: 1, aws: "1" } },
    ],
    journal: [{ at: 1, kind: "update", summary: "Sent.", detail: {} }],
    failure: { failure: { kind: "bug", message: "No." }, retryAt: 12 },
  });
  await store.answer(link.id, [{ path: "P", take: "aws" }]);
  await store.beginCall({ linkId: link.id, step: "submit", clientToken: "t", request: { a: 1 } });
  await store.pause({ scope: "connection", name: "crm", path: "", reason: "Expired." });
  await store.takeInvitations(sync, [{ id: "engi-1", title: "One" }]);
  await store.tokens("crm").set("refresh", "secret");
  await markRecords(
    store,
    Array.from({ length: 1001 }, (_, index) => `006-${index}`),
  );
};

export const exportCases: readonly Case[] = [
  {
    name: "an export into an empty state makes it equal, row by row, and it counts on",
    test: async ({ store, openOther }) => {
      await fill(store);
      const lines = await collect(store.exportLines());
      equal(new Set(lines.map(({ table }) => table)).size, 14);
      const other = await openOther();
      const { rows } = await other.importLines(linesOf(lines));
      same(await other.info(), { ...(await store.info()), location: (await other.info()).location });
      equal((await store.info()).rows["links"], 1002);
      equal(rows, lines.filter(({ table }) => table !== "schema_version").length);
      same(await collect(other.exportLines()), lines);
      const link = await linkOfRecord(other, "006\u0000A");
      same(await other.fieldStates(link.id), await store.fieldStates(link.id));
      same((await newLink(other, "new")).createdAt, (await newLink(store, "new")).createdAt);
      await other.settle(link.id, { journal: [{ at: 2, kind: "update", summary: "More.", detail: {} }] });
      same(
        (await other.journal(link.id)).map(({ summary }) => summary),
        ["Sent.", "More."],
      );
    },
  },
  {
    name: "an export is of one moment: what is written while it is read is not in it",
    test: async ({ store }) => {
      await markRecords(
        store,
        Array.from({ length: 1001 }, (_, index) => `006-${index}`),
      );
      let seen = 0;
      for await (const { table } of store.exportLines()) {
        if (seen === 0) await markRecords(store, ["late"]);
        if (table === "links") seen += 1;
        else if (table === "schema_version") await store.bind("late", "value");
      }
      equal(seen, 1001);
      equal((await store.counts()).links.new, 1002);
    },
  },
  {
    name: "an export that is not read to its end lets go",
    test: async ({ store }) => {
      await markRecords(store, ["006A"]);
      for await (const { table } of store.exportLines()) if (table === "links") break;
      equal(await markRecords(store, ["006B"]), 1);
    },
  },
  {
    name: "a state that holds something takes no import",
    test: async ({ store, openOther }) => {
      await markRecords(store, ["006A"]);
      const lines = await collect(store.exportLines());
      const other = await openOther();
      await other.bind("catalog", "Sandbox");
      match((await failing(other.importLines(linesOf(lines)), "config")).message, /not empty/u);
      equal((await other.counts()).links.new, 0);
    },
  },
  {
    name: "a line that does not fit is named by its place, without its values, and nothing is stored",
    test: async ({ store, openOther }) => {
      await fill(store);
      const lines = await collect(store.exportLines());
      const other = await openOther();
      const changed = (table: string, change: (line: StateLine) => StateLine): readonly StateLine[] => {
        const index = lines.findIndex((line) => line.table === table);
        return lines.map((line, at) => (at === index ? change(line) : line));
      };
      const bad: readonly (readonly [RegExp, readonly StateLine[]])[] = [
        [/no line/u, []],
        [/row 1\b.*schema_version/u, lines.filter(({ table }) => table !== "schema_version")],
        [/no table "people"/u, [...lines, { table: "people", row: { name: "secret" } }]],
        [/no column "colour"/u, changed("tokens", ({ table, row }) => ({ table, row: { ...row, colour: "secret" } }))],
        [
          /column value must hold a text/u,
          changed("tokens", ({ table, row }) => ({ table, row: { ...row, value: 1 } })),
        ],
        [
          /column detail must hold JSON/u,
          changed("journal", ({ table, row }) => ({ table, row: { ...row, detail: "{" } })),
        ],
        [/column at must hold a whole/u, changed("journal", ({ table, row }) => ({ table, row: { ...row, at: "1" } }))],
        [/table tokens.*twice/u, [...lines, ...lines.slice(-1)]],
        [
          /table journal.*link/u,
          lines
            .filter(({ table }) => table !== "links" && !/marks|base/u.test(table))
            .filter(({ table }) => !/field|fail|pending|answ/u.test(table)),
        ],
        [/newer version/u, [{ table: "schema_version", row: { version: 99, name: "x", needs: 99 } }, ...lines]],
      ];
      for (const [message, unfit] of bad) {
        const failure = await failing(other.importLines(linesOf(unfit)), "config");
        match(failure.message, message);
        equal(failure.message.includes("secret"), false);
      }
      equal((await collect(other.exportLines())).filter(({ table }) => table !== "schema_version").length, 0);
      await other.importLines(linesOf(lines));
    },
  },
  {
    name: "an export of the first schema is brought forward",
    test: async ({ store, openOther }) => {
      await fill(store);
      const lines = await collect(store.exportLines());
      const without = (row: StateLine["row"], ...columns: readonly string[]): StateLine["row"] =>
        Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
      const old = lines
        .filter(({ table, row }) => !/answers|pauses|invitations/u.test(table) && (row["version"] ?? 1) === 1)
        .map(({ table, row }) => ({
          table,
          row: without(
            row,
            "needs",
            "aws_written_at",
            "aws_written_from",
            "observed_at",
            "due_at",
            "remark_due_at",
            "priority",
            "remark_priority",
            "streak",
          ),
        }));
      const other = await openOther();
      await other.importLines(linesOf(old));
      same((await linkOfRecord(other, "006\u0000A")).title, "456");
      equal((await other.claim(sync, "a", { limit: 1, leaseMs: 1, crmRefs: ["006-3"] })).length, 1);
    },
  },
];
