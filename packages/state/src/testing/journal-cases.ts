import { equal } from "node:assert/strict";
import type { JsonObject } from "@cosell/connector";
import { type Case, newLink, same } from "./case.ts";

const lines = (...times: readonly number[]): { at: number; kind: string; summary: string; detail: JsonObject }[] =>
  times.map((at) => ({ at, kind: "update", summary: String(at), detail: {} }));

export const journalCases: readonly Case[] = [
  {
    name: "a line of the journal is found by its id",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      await store.settle(id, { journal: [{ at: 1, kind: "update", summary: "Sent.", detail: { n: "456" } }] });
      const [entry] = await store.journal(id);
      same(await store.journalEntry(entry?.id ?? 0), entry);
      equal(await store.journalEntry(999_999), undefined);
    },
  },
  {
    name: "pruning removes old lines, but for the newest of each link",
    test: async ({ store }) => {
      const [a, b, c] = [await newLink(store, "006A"), await newLink(store, "006B"), await newLink(store, "006C")];
      await store.settle(a.id, { journal: lines(1, 2, 3, 4, 5, 100) });
      await store.settle(b.id, { journal: lines(1, 2) });
      await store.settle(c.id, { journal: lines(101, 102, 103, 104) });
      equal(await store.pruneJournal({ before: 5, keepPerLink: 3 }), 3);
      const left = async (linkId: string): Promise<readonly number[]> =>
        (await store.journal(linkId)).map(({ at }) => at);
      same(
        [await left(a.id), await left(b.id), await left(c.id)],
        [
          [4, 5, 100],
          [1, 2],
          [101, 102, 103, 104],
        ],
      );
      equal(await store.pruneJournal({ before: 5, keepPerLink: 3 }), 0);
      equal(await store.pruneJournal({ before: 101, keepPerLink: 0 }), 5);
      same([await left(a.id), await left(b.id), (await left(c.id)).length], [[], [], 4]);
    },
  },
];
