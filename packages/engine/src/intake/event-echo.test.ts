import { describe, expect, it } from "@jest/globals";
import { isEchoOfOurWrite } from "./event-echo.ts";

const awsWrittenFrom = Date.parse("2026-11-21T08:59:30.900Z");
const awsWrittenAt = Date.parse("2026-11-21T09:00:00.250Z");

describe("isEchoOfOurWrite", () => {
  it.each([
    ["2026-11-21T08:40:00Z", false],
    ["2026-11-21T08:59:28Z", false],
    ["2026-11-21T08:59:30Z", true],
    ["2026-11-21T09:00:00Z", true],
    ["2026-11-21T09:00:02Z", true],
    ["2026-11-21T09:00:03Z", false],
    ["soon", false],
    [undefined, false],
  ])("an event of %s, when we wrote from 08:59:30.9 to 09:00:00.25: %s", (time, echo) => {
    expect(isEchoOfOurWrite(time, { awsWrittenFrom, awsWrittenAt })).toBe(echo);
  });

  it("takes one stamp for both where an older version stored no other", () => {
    const link = { awsWrittenFrom: undefined, awsWrittenAt };
    expect(isEchoOfOurWrite("2026-11-21T08:59:59Z", link)).toBe(true);
    expect(isEchoOfOurWrite("2026-11-21T08:59:30Z", link)).toBe(false);
  });

  it("takes nothing for an echo while nothing was written", () => {
    const link = { awsWrittenFrom: undefined, awsWrittenAt: undefined };
    expect(isEchoOfOurWrite("2026-11-21T09:00:00Z", link)).toBe(false);
  });
});
