import { describe, expect, it } from "@jest/globals";
import { gather } from "./gather.ts";

/** Work that ends when it is let go. */
function heldWork() {
  const batches: (readonly number[])[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const double = gather<number, number>((items) => {
    batches.push(items);
    return new Promise((resolve, reject) => {
      ends.push((error) => {
        if (error === undefined) resolve(items.map((item) => 2 * item));
        else reject(error);
      });
    });
  });
  const begun = async (count: number): Promise<void> => {
    while (batches.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { double, batches, ends, begun };
}

describe("gathering", () => {
  it("does together what comes while something is done, and answers each", async () => {
    const { double, batches, ends, begun } = heldWork();
    const first = double(1);
    await begun(1);
    const others = [2, 3, 4].map(double);
    ends[0]?.();
    await begun(2);
    ends[1]?.();
    expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it("tells everybody who shared it of a failure, and goes on", async () => {
    const { double, ends, begun } = heldWork();
    const failed = [1, 2].map((item) => expect(double(item)).rejects.toThrow("No."));
    await begun(1);
    ends[0]?.(new Error("No."));
    await Promise.all(failed);
    const next = double(3);
    await begun(2);
    ends[1]?.();
    expect(await next).toBe(6);
  });

  it("lets nobody wait for work that hangs", async () => {
    const { double, batches, ends, begun } = heldWork();
    const hanging = double(1);
    await begun(1);
    const waiting = double(2);
    await begun(2);
    const late = double(3);
    ends[1]?.();
    expect(await waiting).toBe(4);
    await begun(3);
    ends[2]?.();
    expect(await late).toBe(6);
    ends[0]?.();
    expect(await hanging).toBe(2);
    expect(batches).toEqual([[1], [2], [3]]);
  });
});
