import { describe, expect, it } from "@jest/globals";
import { clockWarning, serverTime } from "./server-time.ts";

const minute = 60_000;
const noon = Date.parse("2026-03-02T12:00:00Z");

/** A server whose `Date` says noon, heard by a clock that is so far ahead. */
function heard(ahead: number, date: string | null = "Mon, 02 Mar 2026 12:00:00 GMT"): ReturnType<typeof serverTime> {
  const time = serverTime({ now: () => noon + ahead, sleep: () => Promise.resolve() });
  time.hear(date);
  return time;
}

describe("serverTime", () => {
  it.each([
    ["ahead by an hour", 60 * minute, noon + 999, noon + 999],
    ["behind by an hour", -60 * minute, noon - 60 * minute, noon],
    ["the same, within the second that was told", 700, noon + 700, noon + 700],
  ])("with a clock that is %s gives the earlier time, and the server's", (_, ahead, now, theirs) => {
    const time = heard(ahead);
    expect([time.now(), time.theirs()]).toEqual([now, theirs]);
  });

  it.each([[null], [""], ["5"], ["yesterday"], ["2026-03-02T11:00:00Z"], ["Tue, 02 Mar 2026 11:00:00 GMT"]])(
    "learns nothing from the date %j",
    (date) => {
      const time = heard(30 * minute, date);
      expect([time.now(), time.ahead()]).toEqual([noon + 30 * minute, undefined]);
      expect(clockWarning(time, "CRM")).toBeUndefined();
    },
  );
});

describe("clockWarning", () => {
  it("tells by how many minutes a clock is wrong, and which way", () => {
    expect(clockWarning(heard(60 * minute), "CRM")).toMatch(/^this machine's clock is 60 minutes ahead of CRM:/);
    expect(clockWarning(heard(-7 * minute), "CRM")).toMatch(/^this machine's clock is 7 minutes behind CRM,/);
    expect(clockWarning(heard(minute), "CRM")).toBeUndefined();
  });
});
