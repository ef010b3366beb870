import { describe, expect, it } from "@jest/globals";
import { closest } from "./suggestion.ts";

describe("closest", () => {
  it.each([
    ["catlog", "catalog"],
    ["Regoin", "region"],
    ["enpoint", "endpoint"],
  ])("takes %s for %s", (word, meant) => {
    expect(closest(word, ["endpoint", "region", "catalog"])).toBe(meant);
  });

  it("suggests nothing for a word that is like none of them", () => {
    expect(closest("warehouse", ["endpoint", "region", "catalog"])).toBeUndefined();
    expect(closest("x", [])).toBeUndefined();
  });
});
