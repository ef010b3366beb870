import { describe, it } from "@jest/globals";
import { openState } from "./open-state.ts";
import { stateStoreConformance, testDatabase } from "./testing/index.ts";

describe("the state store in a PostgreSQL database", () => {
  stateStoreConformance({
    it,
    open: async (clock) => {
      const [database, other] = await Promise.all([testDatabase(), testDatabase()]);
      return {
        open: () => openState({ url: database.url, clock }),
        openOther: () => openState({ url: other.url, clock }),
        elapse: database.elapse,
        remove: async () => {
          await Promise.all([database.drop(), other.drop()]);
        },
      };
    },
  });
});
