import { FailureError } from "@cosell/connector";
import type { Deal } from "./deal.ts";

/** Is a stamp of AWS older than another? What has no stamp is neither. */
export function isOlder(version: string | undefined, than: string | undefined): boolean {
  return version !== undefined && than !== undefined && Date.parse(version) < Date.parse(than);
}

/** The newest version of the opportunity that AWS is known to have shown, in this reconcile or before it. */
export function newestVersion({ link, newestVersion: seen }: Pick<Deal, "link" | "newestVersion">): string | undefined {
  return isOlder(seen, link.awsVersion) ? link.awsVersion : (seen ?? link.awsVersion);
}

/** Notes what a read or the answer of a write told of the opportunity's version; `undefined`: nothing, though it changed. */
export function noteVersion(deal: Deal, version: string | undefined): void {
  deal.awsVersion = version;
  deal.stampedAt = deal.options.clock.now();
  if (version !== undefined && !isOlder(version, newestVersion(deal))) deal.newestVersion = version;
}

/** Notes a write to AWS that began at an instant of our clock, and what its answer told of the version. */
export function noteWrite(deal: Deal, begunAt: number, version: string | undefined): void {
  deal.firstWrite ??= { begunAt, stamp: version };
  noteVersion(deal, version);
}

/**
 * Throws `transient` for an answer that is older than what AWS has shown before: a read may come from a copy that has not
 * caught up, and what it shows would pass for somebody's change.
 */
export function refuseStale(opportunityId: string, version: string | undefined, known: string | undefined): void {
  if (version === undefined || !isOlder(version, known)) return;
  throw new FailureError({
    kind: "transient",
    code: "stale-read",
    message: `AWS showed opportunity ${opportunityId} as it was at ${version}, though it has shown it as of ${known ?? ""} before. Nothing was done on that; it is looked at again.`,
  });
}
