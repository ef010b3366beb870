import { describe, expect, it } from "@jest/globals";
import { systemClock } from "./clock.ts";

describe("systemClock", () => {
  it("sleeps as long as told", async () => {
    const start = performance.now();
    await systemClock.sleep(20);
    expect(performance.now() - start).toBeGreaterThanOrEqual(18);
  });

  it("wakes with the reason when it is aborted, also before it fell asleep", async () => {
    const aborter = new AbortController();
    const asleep = systemClock.sleep(60_000, aborter.signal);
    aborter.abort(new Error("enough"));
    await expect(asleep).rejects.toThrow("enough");
    await expect(systemClock.sleep(60_000, aborter.signal)).rejects.toThrow("enough");
  });
});
