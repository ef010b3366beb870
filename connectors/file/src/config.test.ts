import { describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";

const complaints = (given: object): readonly string[] =>
  config
    .safeParse({ folder: "crm", ...given })
    .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
const deal = { file: "deals.csv", key: "Id" };

describe("config", () => {
  it("completes what is left out", () => {
    expect(config.parse({ folder: "crm", objects: { Deal: deal } }).objects["Deal"]).toEqual({
      ...deal,
      ...{ format: "csv", delimiter: ",", encoding: "utf-8", formulas: "keep", fields: {} },
    });
  });

  it.each([
    ["no object", { objects: {} }, /at least one object/],
    ["a file elsewhere", { objects: { Deal: { ...deal, file: "../secret.csv" } } }, /inside the folder/],
    ["a kind of file that nobody knows", { objects: { Deal: { ...deal, file: "deals.xlsx" } } }, /csv or jsonl/],
    ["one file for two objects", { objects: { Deal: deal, Lead: { ...deal, file: "DEALS.csv" } } }, /file of its own/],
    [
      "a choice without values",
      { objects: { Deal: { ...deal, fields: { Stage: { type: "picklist" } } } } },
      /needs values/,
    ],
    ["a delimiter of two characters", { objects: { Deal: { ...deal, delimiter: "::" } } }, /one character/],
  ])("refuses %s", (_, given, message) => {
    expect(complaints(given)).toEqual([expect.stringMatching(message)]);
  });
});
