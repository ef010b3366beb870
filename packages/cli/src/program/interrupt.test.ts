import { describe, expect, it } from "@jest/globals";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { finished } from "../testing/run-cosell.ts";

const module = fileURLToPath(new URL("./interrupt.ts", import.meta.url));
/** Work that hears of the interruption and does not stop. */
const stubborn = (limitMs: number): string => `
  const { listenForInterrupt } = await import(${JSON.stringify(module)});
  const { signal } = listenForInterrupt((text) => process.stderr.write(text), ${limitMs});
  signal.addEventListener("abort", () => process.stdout.write("told to stop"));
  setInterval(() => {}, 1000);
  process.stdout.write("ready ");`;

async function startStubborn({ withChannel = false, limitMs = 60_000 } = {}): Promise<ChildProcess> {
  const words = ["--conditions=cosell-source", "--input-type=module", "--eval", stubborn(limitMs)];
  const child = spawn(process.execPath, words, {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe", ...(withChannel ? (["ipc"] as const) : [])],
  });
  await once(child.stdout ?? child, "data");
  return child;
}

describe("listenForInterrupt", () => {
  it("asks the work to stop at the first signal, and ends at once at the second", async () => {
    const child = await startStubborn();
    const ended = finished(child);
    child.kill("SIGINT");
    await setTimeout(400);
    expect(child.exitCode).toBeNull();
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130, stdout: "told to stop" });
  });

  it("takes one key press that arrives twice for one", async () => {
    const child = await startStubborn();
    child.kill("SIGINT");
    child.kill("SIGINT");
    await setTimeout(300);
    expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
  });

  it("stops when the process that started it is gone", async () => {
    const child = await startStubborn({ withChannel: true });
    child.disconnect();
    const [text] = (await once(child.stdout ?? child, "data")) as [Buffer];
    expect(text.toString()).toBe("told to stop");
    child.kill("SIGKILL");
  });

  it("ends work that never stops, with the signal's exit code and a word why", async () => {
    const child = await startStubborn({ limitMs: 500 });
    const ended = finished(child);
    child.kill("SIGTERM");
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 143, stdout: "told to stop" });
    expect(stderr).toContain("did not stop within 0.5 s after SIGTERM");
  });
});
