/** Starts a Redis that keeps nothing on disk, of our own. `crash` ends it as a power cut would and starts it anew; `stop` removes everything; `signal` sends it a signal, such as STOP and CONT. */
export function privateRedis(options: { readonly fetchOnly?: boolean }): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly crash: () => Promise<void>;
  readonly signal: (name: string) => void;
}>;
