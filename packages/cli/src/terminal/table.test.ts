import { describe, expect, it } from "@jest/globals";
import { stripVTControlCharacters } from "node:util";
import { renderTable } from "./table.ts";
import { createTerminal } from "./terminal.ts";

const content = {
  head: ["Deals", "Reason"],
  rows: [
    [12, "The customer has no postal code.\nAsk the owner."],
    [3, "No solution is attached."],
  ],
  right: [0],
};
const terminal = (isTTY: boolean, columns: number, environment = {}) => {
  const stream = { isTTY, columns, write: () => true };
  return createTerminal({ json: false, stdout: stream, stderr: stream, environment });
};

describe("renderTable", () => {
  it("gives plain lines in a pipe, one a row, nothing cut off", () => {
    expect(renderTable(terminal(false, 20), content).split("\n")).toEqual([
      "Deals  Reason",
      "   12  The customer has no postal code.; Ask the owner.",
      "    3  No solution is attached.",
    ]);
  });

  it.each([40, 60, 100])("fits a terminal of %d columns and loses no word", (columns) => {
    const text = stripVTControlCharacters(renderTable(terminal(true, columns), content));
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    for (const word of ["postal", "owner.", "attached."]) expect(text).toContain(word);
  });

  it("keeps ids whole as long as sentences can give way, and loses no letter of them when they cannot", () => {
    const ids = { head: ["CRM id", "Why"], rows: [["0065g00000000eRAAQ", "The customer's web address is needed."]] };
    expect(renderTable(terminal(true, 40, { NO_COLOR: "1" }), ids)).toContain("│ 0065g00000000eRAAQ │");
    const narrow = renderTable(terminal(true, 24, { NO_COLOR: "1" }), ids);
    expect(Math.max(...narrow.split("\n").map((line) => line.length))).toBeLessThanOrEqual(24);
    const letters = narrow.split("\n").map((line) => line.split("│")[1]?.trim() ?? "");
    expect(letters.join("")).toContain("0065g00000000eRAAQ");
  });

  it("frames without colour under NO_COLOR", () => {
    const text = renderTable(terminal(true, 80, { NO_COLOR: "1" }), content);
    expect(text).toContain("┌");
    expect(text).not.toContain("\u001b");
  });
});
