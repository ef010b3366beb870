import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { StateStore } from "@cosell/state";

/** A name for this process in claims, from which others can tell whether it still lives. */
export function processOwner(): string {
  return `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

/**
 * Frees the claims of processes of this machine that have died (kill -9, power cut), so that a run after a crash
 * need not wait for their leases to end.
 */
export async function releaseDeadOwners(store: StateStore, sync: string): Promise<void> {
  for (const { owner, linkIds } of await store.claimOwners(sync)) {
    if (isDead(owner)) await store.release(owner, linkIds);
  }
}

function isDead(owner: string): boolean {
  const [host, id] = owner.split("/");
  const pid = Number(id);
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
