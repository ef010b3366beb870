/** A stream of numbers from 0 (included) to 1 (excluded): the same seed gives the same stream on every machine. */
export type Randomness = () => number;

/** mulberry32: small, fast, good enough for faults and identifiers; not for secrets. */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `length` characters of `alphabet`, drawn from `randomness`. @defaultValue alphabet: digits and lower-case letters */
export function randomText(
  randomness: Randomness,
  length: number,
  alphabet = "0123456789abcdefghijklmnopqrstuvwxyz",
): string {
  return Array.from({ length }, () => alphabet.charAt(Math.floor(randomness() * alphabet.length))).join("");
}
