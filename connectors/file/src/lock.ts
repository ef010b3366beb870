import { randomUUID } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { FailureError } from "@cosell/connector";
import { errorCode } from "./classify.ts";
import type { OpenObject } from "./store.ts";

/** Between two looks at somebody else's lock, and how often one looks: 30 seconds altogether. */
const pauseMs = 100;
const looks = 300;

/** A lock of another machine is taken for forgotten after this; one of this machine when its process is gone. */
const longestWorkMs = 10 * 60_000;

/** A name beside the file for what belongs to it. */
export function beside(path: string, what: "lock" | "new" | "seen"): string {
  return join(dirname(path), `.${basename(path)}.cosell-${what}`);
}

/**
 * Does `work` while no other connection, process or machine that shares the folder writes the same file. Throws
 * `transient` when somebody else is at it for half a minute.
 */
export async function locked<Result>(opened: OpenObject, work: () => Promise<Result>): Promise<Result> {
  const { path, settings, clock, signal } = opened;
  const lock = beside(path, "lock");
  const owner = JSON.stringify({ host: hostname(), pid: process.pid, id: randomUUID() });
  for (let look = 0; ; look += 1) {
    signal();
    if (await taken(lock, owner)) break;
    if (await forgotten(lock)) await putAside(lock);
    if (look < looks) await clock.sleep(pauseMs, signal());
    else {
      const message = `Another process is writing ${settings.file}: if none is, remove what begins with ${basename(lock)} beside it.`;
      throw new FailureError({ kind: "transient", message });
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock: string, owner: string): Promise<boolean> {
  try {
    await writeFile(lock, owner, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function forgotten(lock: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(lock);
    const { host, pid } = JSON.parse(await readFile(lock, "utf8")) as { readonly host: unknown; readonly pid: unknown };
    if (host === hostname() && typeof pid === "number") return !isAlive(pid);
    return Date.now() - mtimeMs > longestWorkMs;
  } catch (error) {
    // It is gone by now, or not yet written to the end.
    if (errorCode(error) === "ENOENT" || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Of two that find the same forgotten lock, the slower one must not remove the new lock of the quicker: one at a time, and each looks once more. */
async function putAside(lock: string): Promise<void> {
  const turn = `${lock}-removal`;
  if (!(await taken(turn, ""))) return;
  try {
    if (await forgotten(lock)) await rm(lock, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
