/** One call that a server received. Carries no bodies, headers or values. */
export interface LoggedRequest {
  /** 1, 2, 3 … over all servers, in the order in which calls arrived at their end. */
  readonly sequence: number;
  readonly server: string;
  readonly operation: string;
  /** The emulator's time, milliseconds since 1970. */
  readonly at: number;
  /** HTTP status sent; 0 when no answer was sent. */
  readonly status: number;
  readonly account?: string;
  /** The kind of the fault that struck. */
  readonly fault?: string;
  /** From the end of the request to the answer, in real milliseconds. */
  readonly durationMs?: number;
}

/** Every call received, the newest {@link kept} of them. */
export interface RequestLog {
  add(entry: Omit<LoggedRequest, "sequence">): void;
  /** Calls with a sequence greater than `sequence`. @defaultValue all that are kept */
  since(sequence?: number): readonly LoggedRequest[];
  /** The newest sequence; 0 before the first call. */
  readonly last: number;
}

const kept = 100_000;

/** An empty log. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  let last = 0;
  return {
    add: (entry) => {
      last += 1;
      entries.push({ sequence: last, ...entry });
      if (entries.length > 2 * kept) entries = entries.slice(-kept);
    },
    since: (sequence = 0) => {
      const missed = Math.max(0, sequence - (last - entries.length));
      return entries.slice(missed);
    },
    get last() {
      return last;
    },
  };
}
