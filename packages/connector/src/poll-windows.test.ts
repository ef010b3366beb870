import { describe, expect, it } from "@jest/globals";
import { pollWindows, type PollWindows } from "./poll-windows.ts";
import { serverTime } from "./server-time.ts";

const noon = Date.parse("2026-03-02T12:00:00Z");
const hour = 3_600_000;

/** A server where it is noon, and a machine whose clock is ahead of it; `ask` tells the server's time. */
function world(start: { readonly ahead: number }): {
  readonly windows: PollWindows;
  readonly hear: () => void;
  readonly asked: () => number;
  readonly machine: { ahead: number };
} {
  const machine = { ...start };
  const time = serverTime({ now: () => noon + machine.ahead, sleep: () => Promise.resolve() });
  const hear = (): void => time.hear(new Date(noon).toUTCString());
  let asked = 0;
  const windows = pollWindows({
    time,
    ask: async () => {
      asked += 1;
      hear();
    },
    stamp: (milliseconds) => new Date(milliseconds).toISOString(),
  });
  return { windows, hear, asked: () => asked, machine };
}

describe("pollWindows", () => {
  it("opens a window up to now, and asks nothing for it", async () => {
    const { windows, asked } = world({ ahead: 0 });
    const opened = await windows.open({ since: "2026-03-02T11:00:00.000Z" });
    expect(opened).toEqual({ since: "2026-03-02T11:00:00.000Z", until: "2026-03-02T11:59:58.000Z" });
    expect(asked()).toBe(0);
  });

  it("pulls the end of a window back to the server's time, as soon as it is told", async () => {
    const { windows, hear } = world({ ahead: hour });
    const opened = await windows.open({ since: "2026-03-02T11:00:00.000Z" });
    expect(opened).toMatchObject({ until: "2026-03-02T12:59:58.000Z" });
    hear();
    const { until } = windows.cap({ until: "2026-03-02T12:59:58.000Z" }, ["until"]);
    expect(until <= "2026-03-02T12:00:00.000Z").toBe(true);
  });

  it("goes on at once after a clock that was ahead is put right", async () => {
    const { windows, hear, machine } = world({ ahead: hour });
    hear();
    machine.ahead = 0;
    const opened = await windows.open({ since: "2026-03-02T11:50:00.000Z" });
    expect(opened).toMatchObject({ until: "2026-03-02T11:59:58.000Z" });
  });

  it("asks nothing while the server's time is known to stand", async () => {
    const { windows, hear, asked } = world({ ahead: 0 });
    hear();
    expect(await windows.open({ since: "2026-03-02T12:00:00.000Z" })).toBe("empty");
    expect(asked()).toBe(0);
  });

  it("says that a cursor from the server's future is lost, whatever the clock says now", async () => {
    for (const ahead of [0, hour, 2 * hour]) {
      const { windows, hear } = world({ ahead });
      hear();
      expect(await windows.open({ since: "2026-03-02T13:00:00.000Z" })).toBe("lost");
    }
  });

  it("waits where no time has passed, and where this machine's clock is behind", async () => {
    expect(await world({ ahead: 0 }).windows.open({ since: "2026-03-02T12:00:00.000Z" })).toBe("empty");
    expect(await world({ ahead: -hour }).windows.open({ since: "2026-03-02T11:55:00.000Z" })).toBe("empty");
  });
});
