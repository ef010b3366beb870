/** Orders two of AWS's timestamps to the nanosecond: negative when `a` is earlier. What is no timestamp comes first. */
export function compareInstants(a: string, b: string): number {
  const [first, second] = [instantOf(a), instantOf(b)];
  return (
    first.second - second.second || (first.fraction < second.fraction ? -1 : Number(first.fraction > second.fraction))
  );
}

function instantOf(timestamp: string): { readonly second: number; readonly fraction: string } {
  const time = Date.parse(timestamp);
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? "";
  return Number.isNaN(time)
    ? { second: -Number.MAX_VALUE, fraction: "" }
    : { second: Math.floor(time / 1000), fraction: fraction.padEnd(9, "0") };
}
