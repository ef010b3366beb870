import { expect, it } from "@jest/globals";
import fc from "fast-check";
import type { BaseValue } from "./store.ts";
import { openState } from "./open-state.ts";
import { newLink } from "./testing/case.ts";

it("any JSON value comes back as it was, on either side", async () => {
  const store = await openState({ url: "sqlite::memory:" });
  const { id } = await newLink(store, "006A");
  // Through JSON once: it has no negative zero, though fast-check makes one.
  const json = fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const side = fc.option(json, { nil: undefined });
  const written = fc.record({ crm: side, aws: side }) as fc.Arbitrary<BaseValue>;
  await fc.assert(
    fc.asyncProperty(written, async (value) => {
      await store.settle(id, { base: new Map([["P", value]]) });
      const read = (await store.baseValues(id)).get("P");
      expect(read).toEqual(value.crm === undefined && value.aws === undefined ? undefined : value);
    }),
  );
  await store.close();
});
