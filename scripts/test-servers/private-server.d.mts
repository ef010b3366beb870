/** A port that nobody listens on now. */
export function freePort(): Promise<number>;
