/** One way to do the job. `run` does it once and gives what it made; a promise is awaited, as its users must. */
export type Contender<Input, Output> =
  | { readonly name: string; readonly kind: "direct"; readonly run: (input: Input) => Output }
  | { readonly name: string; readonly kind: "promised"; readonly run: (input: Input) => Promise<Output> };

/** What was measured of one contender. */
export interface Standing {
  readonly name: string;
  /** Median over the rounds. */
  readonly perSecond: number;
  /** How many times slower than the first contender: median of the rounds' own ratios, so that a slow moment hits both. */
  readonly ratio: number;
}

interface Stint<Input> {
  readonly name: string;
  /** Does the job for the next inputs, until so many milliseconds are over; gives the milliseconds for one input. */
  work(inputs: readonly Input[], milliseconds: number): Promise<number>;
}

/** How often the clock is looked at: rarely enough not to count. */
const inputsPerLook = 50;

/**
 * Measures contenders against the first of them: warms all up, then lets them take short turns for many rounds, so that
 * whatever else the machine does falls on all alike.
 */
export async function compete<Input, Output>(
  contenders: readonly Contender<Input, Output>[],
  inputs: readonly Input[],
  options: { readonly warmUpMilliseconds: number; readonly rounds: number; readonly turnMilliseconds: number },
): Promise<readonly Standing[]> {
  const stints = contenders.map((contender) => createStint(contender));
  for (const stint of stints) await stint.work(inputs, options.warmUpMilliseconds);
  const rounds: number[][] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const times: number[] = [];
    for (const stint of stints) times.push(await stint.work(inputs, options.turnMilliseconds));
    rounds.push(times);
  }
  return stints.map(({ name }, place) => ({
    name,
    perSecond: 1000 / median(rounds.map((times) => times[place] ?? Number.NaN)),
    ratio: median(rounds.map((times) => (times[place] ?? Number.NaN) / (times[0] ?? Number.NaN))),
  }));
}

/** Where the last result goes, so that no compiler finds that nobody wants it. */
const sink: { last: unknown } = { last: undefined };

function createStint<Input, Output>(contender: Contender<Input, Output>): Stint<Input> {
  let cursor = 0;
  const take = (inputs: readonly Input[]): readonly Input[] => {
    const batch = inputs.slice(cursor, cursor + inputsPerLook);
    cursor = cursor + inputsPerLook >= inputs.length ? 0 : cursor + inputsPerLook;
    return batch;
  };
  return {
    name: contender.name,
    async work(inputs, milliseconds) {
      const start = performance.now();
      let done = 0;
      let now = start;
      while (now - start < milliseconds) {
        const batch = take(inputs);
        if (contender.kind === "direct") for (const input of batch) sink.last = contender.run(input);
        else for (const input of batch) sink.last = await contender.run(input);
        done += batch.length;
        now = performance.now();
      }
      return (now - start) / done;
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
