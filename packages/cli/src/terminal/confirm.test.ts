import { describe, expect, it } from "@jest/globals";
import { PassThrough } from "node:stream";
import { UsageError } from "../failure/findings-error.ts";
import { confirmed, type Question } from "./confirm.ts";

const terminal = { json: false, fancy: true };
const question: Question = {
  text: "Link them?",
  yes: false,
  unattended: "refuse",
  signal: new AbortController().signal,
};

/** Somebody at a terminal who types `answer`. */
async function asked(answer: string): Promise<{ readonly agreed: boolean; readonly shown: string }> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const agreed = confirmed(terminal, question, { input, output });
  input.write(`${answer}\n`);
  return { agreed: await agreed, shown: String(output.read()) };
}

describe("confirmed", () => {
  it.each([
    ["y", true],
    ["Yes", true],
    ["", false],
    ["n", false],
    ["yesterday", false],
  ])("takes %j for %p", async (answer, agreed) => {
    expect(await asked(answer)).toEqual({ agreed, shown: "Link them? [y/N] " });
  });

  it("asks nobody who said yes beforehand", async () => {
    expect(await confirmed(terminal, { ...question, yes: true })).toBe(true);
  });

  it("refuses, or goes on, where nobody can answer", async () => {
    const pipe = { input: new PassThrough(), output: new PassThrough() };
    await expect(confirmed(terminal, question, pipe)).rejects.toBeInstanceOf(UsageError);
    expect(await confirmed(terminal, { ...question, unattended: "go-on" }, pipe)).toBe(true);
  });
});
