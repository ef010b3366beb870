import { distance } from "fastest-levenshtein";

/** Longer texts are no slips of the pen, and comparing them would cost the square of their length. */
const longest = 200;

/** The candidate that was probably meant: near enough to be a slip, in any case of letters. */
export function suggest(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > longest) return undefined;
  const wanted = written.toLowerCase();
  let best: string | undefined;
  // Two letters that changed places are two steps.
  let nearest = Math.max(wanted.length > 2 ? 2 : 1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= nearest) continue;
    const steps = distance(wanted, candidate.toLowerCase());
    if (steps < nearest) [best, nearest] = [candidate, steps];
  }
  return best;
}
