import type { MarkPriority } from "./store.ts";

const day = 24 * 60 * 60 * 1000;

/**
 * How long a mark lets later, more urgent ones go first, milliseconds. It must be longer than a backlog takes to work off
 * (AWS grants 10,000 writes a day), or the backlog's age would put it before the urgent; and it must end, or a stream of
 * urgent marks would starve the others.
 */
const patienceMs: Readonly<Record<MarkPriority, number>> = {
  urgent: 0,
  high: day,
  normal: 3 * day,
  low: 7 * day,
};

/**
 * Where a mark made at `now` stands in the queue; the lowest goes first. Between marks of one priority that is the older
 * one; between two priorities the more urgent one, unless the other has waited longer by the difference of their patience.
 */
export const dueAt = (now: number, priority: MarkPriority): number => now + patienceMs[priority];

/** The more urgent one. */
export const mostUrgent = (one: MarkPriority | undefined, other: MarkPriority): MarkPriority =>
  one !== undefined && patienceMs[one] <= patienceMs[other] ? one : other;
