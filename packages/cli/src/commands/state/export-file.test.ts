import { describe, expect, it } from "@jest/globals";
import { failureOf } from "@cosell/connector";
import type { StateLine } from "@cosell/state";
import { exportText, readExport } from "./export-file.ts";

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

const lines: readonly StateLine[] = [
  { table: "links", row: { id: "1", title: "a\nb\u2028" } },
  { table: "tokens", row: { value: "hunter2" } },
];
const header = { schema: 2, product: "cosell 1.2.3", tokens: true };

const textsOf = async (tokens: boolean): Promise<readonly string[]> =>
  (await collect(exportText(each(lines), { ...header, tokens }))).map((text) => text.slice(0, -1));

describe("the file of an export", () => {
  it("is a header and one JSON object a line, and reads back as it was", async () => {
    const texts = await textsOf(true);
    expect(JSON.parse(texts[0] ?? "")).toEqual({ format: "cosell-state/1", ...header });
    expect(texts.some((text) => text.includes("\n"))).toBe(false);
    expect(await collect(readExport("state.jsonl", each(texts)))).toEqual(lines);
  });

  it("leaves tokens out unless they are wanted", async () => {
    expect(await collect(readExport("state.jsonl", each(await textsOf(false))))).toEqual(lines.slice(0, 1));
  });

  it.each([
    ["is empty", (): readonly string[] => [], "it is empty"],
    ["has lost its beginning", (texts: readonly string[]) => texts.slice(1), "does not begin"],
    ["is of another form", () => ['{"format":"cosell-state/2"}'], "does not begin"],
    ["is no JSON", () => ["hunter2"], "does not begin"],
    ["is cut off", (texts: readonly string[]) => [...texts.slice(0, 2), texts[2]?.slice(0, -3) ?? ""], "line 3"],
    ["has another line", (texts: readonly string[]) => [...texts, '{"table":"links","row":["hunter2"]}'], "line 4"],
  ])("that %s is refused with the place, without its content", async (_, change, message) => {
    const error: unknown = await collect(readExport("state.jsonl", each(change(await textsOf(true))))).catch(
      (reason: unknown) => reason,
    );
    expect(failureOf(error)?.kind).toBe("config");
    expect(failureOf(error)?.message).toContain(message);
    expect(failureOf(error)?.message).not.toContain("hunter2");
  });
});
