import { equal } from "node:assert/strict";
import type { BaseValue } from "../store.ts";
import { type Case, linkOfRecord, newLink, sync, same } from "./case.ts";

const words = ["456", "", "null", " ’ß\u{1F600}\n\t\"'\\", "a\u0000b", "0012", "1e3", "true", "日本語", "%_;--"];

export const valueCases: readonly Case[] = [
  {
    name: "base values come back exactly as they were: numbers and their look-alikes, nulls and what is absent",
    test: async ({ store, open }) => {
      const { id } = await newLink(store, "006A");
      const values: readonly (readonly [string, BaseValue])[] = [
        ["text", { crm: "456", aws: 456 }],
        ["null", { crm: null, aws: undefined }],
        ["absent", { crm: undefined, aws: null }],
        ["words", { crm: words, aws: words.join("") }],
        ["numbers", { crm: [0.1, 1e21, 9_007_199_254_740_991, -1.5], aws: 0 }],
        ["truth", { crm: false, aws: "false" }],
        ["nested", { crm: { b: [{ a: null }, []], a: {} }, aws: "" }],
        ["", { crm: "path of no letters", aws: "\ud800 alone" }],
      ];
      await store.settle(id, { base: new Map(values) });
      same(await (await open()).baseValues(id), new Map(values));
    },
  },
  {
    name: "base values are stored path by path; one with both sides absent is removed",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      const none: BaseValue = { crm: undefined, aws: undefined };
      const values = (entries: Readonly<Record<string, BaseValue>>): ReadonlyMap<string, BaseValue> =>
        new Map(Object.entries(entries));
      await store.settle(id, { base: values({ A: { crm: 1, aws: 1 }, B: { crm: 2, aws: 2 }, C: none }) });
      await store.settle(id, { base: values({ A: none, B: { crm: "2", aws: undefined } }) });
      same(await store.baseValues(id), values({ B: { crm: "2", aws: undefined } }));
      same(await store.baseValues("nobody"), new Map());
    },
  },
  {
    name: "texts come back exactly: references, cursors, titles, tokens, journal, requests",
    test: async ({ store, open }) => {
      for (const word of words) {
        const link = await newLink(store, `006${word}`);
        await store.intake(sync, word, [], word);
        await store.settle(link.id, {
          patch: { title: word, crmVersion: word, crmHash: word },
          journal: [{ at: 1, kind: word, summary: word, detail: { [word]: word } }],
        });
        await store.tokens(word).set(word, word);
        await store.beginCall({ linkId: link.id, step: word, clientToken: word, request: { [word]: [word] } });
      }
      const again = await open();
      for (const word of words) {
        const link = await linkOfRecord(again, `006${word}`);
        same([link.title, link.crmVersion, link.crmHash], [word, word, word]);
        equal(await again.cursor(sync, word), word);
        equal(await again.tokens(word).get(word), word);
        const [entry] = await again.journal(link.id);
        same([entry?.kind, entry?.summary, entry?.detail], [word, word, { [word]: word }]);
        const [call] = await again.pendingCalls(link.id);
        same([call?.step, call?.clientToken, call?.request], [word, word, { [word]: [word] }]);
      }
    },
  },
];
