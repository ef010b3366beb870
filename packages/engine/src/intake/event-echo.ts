import type { Link } from "@cosell/state";

/** EventBridge stamps whole seconds, and AWS sends an event a moment after the write. */
const windowMs = 2000;

/**
 * Is an event of this time our own write come back? Judged by AWS's stamps: its time against those of what the latest
 * reconcile wrote first and last, never by who wrote. An event that was late, of what AWS changed before we wrote, is
 * none. What AWS changed in between, or within two seconds of it, hides behind it; the poll sees its new
 * `LastModifiedDate`, and the sweep what only the summary shows.
 */
export function isEchoOfOurWrite(
  time: string | undefined,
  { awsWrittenFrom, awsWrittenAt }: Pick<Link, "awsWrittenFrom" | "awsWrittenAt">,
): boolean {
  if (time === undefined || awsWrittenAt === undefined) return false;
  const at = Date.parse(time);
  // What is no time is compared in vain.
  return at >= (awsWrittenFrom ?? awsWrittenAt) - windowMs && at <= awsWrittenAt + windowMs;
}
