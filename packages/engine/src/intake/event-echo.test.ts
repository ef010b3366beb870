import { describe, expect, it } from "@jest/globals";
import { isEchoOfOurWrite } from "./event-echo.ts";

const awsWrittenAt = Date.parse("2026-11-21T09:00:00.250Z");

describe("isEchoOfOurWrite", () => {
  it.each([
    ["2026-11-21T09:00:00Z", true],
    ["2026-11-21T09:00:02Z", true],
    ["2026-11-21T09:00:03Z", false],
    ["2026-11-20T09:00:00Z", true],
    ["soon", false],
    [undefined, false],
  ])("an event of %s: %s", (time, echo) => {
    expect(isEchoOfOurWrite(time, { awsWrittenAt })).toBe(echo);
  });

  it("takes nothing for an echo while nothing was written", () => {
    expect(isEchoOfOurWrite("2026-11-21T09:00:00Z", { awsWrittenAt: undefined })).toBe(false);
  });
});
