import type { Place } from "./call.ts";
import { quotaExceeded } from "./refusal.ts";

const day = 24 * 3600 * 1000;

/**
 * The instants of one more event: those of the last 24 hours, and now. Throws when AWS does not allow one more; without
 * the setting `quotas` everything is allowed.
 */
export function oneMore(
  { shared, now }: Place,
  earlier: readonly number[],
  { most, reason }: { readonly most: number; readonly reason: string },
): readonly number[] {
  const recent = earlier.filter((at) => at > now - day);
  if (shared.quotas && recent.length >= most) throw quotaExceeded(reason, `AWS allows ${most} of these in 24 hours.`);
  return [...recent, now];
}
