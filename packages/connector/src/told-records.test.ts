import { describe, expect, it } from "@jest/globals";
import { forgetTold, rememberTold } from "./told-records.ts";

describe("told records", () => {
  it("are the newest, and no more than a cursor can carry", () => {
    const older = Object.fromEntries(
      Array.from({ length: 500 }, (_, number) => [`persons ${number}`, "2026-03-02T09:00:00Z a"]),
    );
    const told = rememberTold(older, { "persons 900": "2026-03-02T09:30:00Z b" });
    expect(Object.keys(told)).toHaveLength(500);
    expect(told["persons 900"]).toBe("2026-03-02T09:30:00Z b");
  });

  it("are forgotten by the stamp with which their version begins", () => {
    const told = { old: "2026-03-02T09:00:00.000+0000", kept: "2026-03-02T09:30:00Z digest" };
    expect(forgetTold(told, Date.parse("2026-03-02T09:30:00Z"))).toEqual({ kept: told.kept });
  });
});
