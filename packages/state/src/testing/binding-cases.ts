import { equal, match } from "node:assert/strict";
import { type Case, collect, failing, newLink, same } from "./case.ts";

export const bindingCases: readonly Case[] = [
  {
    name: "a state is bound to what it was made for, and names both values when the configuration says another",
    test: async ({ store, open }) => {
      await store.bind("catalog", "Sandbox");
      await store.bind("crm", "00D1");
      const again = await open();
      await again.bind("catalog", "Sandbox");
      const { message } = await failing(again.bind("catalog", "AWS"), "config");
      match(message, /catalog.*"Sandbox".*"AWS"/u);
      await again.bind("catalog", "Sandbox");
    },
  },
  {
    name: "tokens are kept by connection and key, and replaced",
    test: async ({ store, open }) => {
      await store.tokens("crm").set("refresh", "one");
      await store.tokens("other").set("refresh", "two");
      await store.tokens("crm").set("refresh", "three");
      const again = await open();
      same(await Promise.all([again.tokens("crm").get("refresh"), again.tokens("other").get("refresh")]), [
        "three",
        "two",
      ]);
      equal(await again.tokens("crm").get("access"), undefined);
    },
  },
  {
    name: "a closed store says so; closing twice does nothing",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      await store.close();
      await store.close();
      await failing(store.link(id), "aborted");
      await failing(store.settle(id, { patch: { title: "late" } }), "aborted");
      await failing(collect(store.links()), "aborted");
    },
  },
];
