import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { StateStore } from "@cosell/state";

/** A name for this process, or that of another number beside it, in claims: others can tell from it whether it still lives. */
export function processOwner(pid = process.pid): string {
  return `${hostname()}/${processSpace()}/${pid}/${randomUUID().slice(0, 8)}`;
}

/**
 * Frees the claims of processes that have died beside this one (kill -9), so that a run after a crash need not wait for
 * their leases to end. Those of another machine, of another container, or of before a restart of the machine are left to
 * their leases: it cannot be told from here whether they live.
 */
export async function releaseDeadOwners(store: StateStore, sync: string): Promise<void> {
  for (const { owner, linkIds } of await store.claimOwners(sync)) {
    if (isDead(owner)) await store.release(owner, linkIds);
  }
}

function isDead(owner: string): boolean {
  const [host, space, id] = owner.split("/");
  const pid = Number(id);
  if (host !== hostname() || space !== processSpace() || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/**
 * Where a process number means the same process: containers with one host name count their processes each by itself.
 * Linux tells the running kernel and its PID namespace; other systems have no such namespaces.
 */
function processSpace(): string {
  try {
    const kernel = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const namespace = readlinkSync("/proc/self/ns/pid").replaceAll(/\D/gu, "");
    return `${kernel}-${namespace}`;
  } catch {
    return process.platform;
  }
}
