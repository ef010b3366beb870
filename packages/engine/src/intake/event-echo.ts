import type { Link } from "@cosell/state";

/** EventBridge stamps whole seconds, and AWS sends an event a moment after the write. */
const windowMs = 2000;

/**
 * Is an event of this time our own write come back? Judged by AWS's stamps alone: its time against the one that AWS gave
 * our latest write, never by our clock, never by who wrote. A change that AWS made within the same two seconds hides
 * behind it; the poll sees its new `LastModifiedDate`, and the sweep what only the summary shows.
 */
export function isEchoOfOurWrite(time: string | undefined, { awsWrittenAt }: Pick<Link, "awsWrittenAt">): boolean {
  if (time === undefined || awsWrittenAt === undefined) return false;
  const at = Date.parse(time);
  return !Number.isNaN(at) && at <= awsWrittenAt + windowMs;
}
