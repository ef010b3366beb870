import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { openState } from "./open-state.ts";
import { stateStoreConformance } from "./testing/index.ts";

describe("the state store in an SQLite file", () => {
  stateStoreConformance({
    it,
    open: async (clock) => {
      const folder = await mkdtemp(join(tmpdir(), "cosell-state-"));
      return {
        openOther: () => openState({ url: `sqlite:${join(folder, "other.db")}`, clock }),
        open: () => openState({ url: `sqlite:${join(folder, "state.db")}`, clock }),
        remove: () => rm(folder, { recursive: true }),
      };
    },
  });
});
