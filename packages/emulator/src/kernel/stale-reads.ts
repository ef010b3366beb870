import type { EmulatorRequest, EmulatorResponse } from "./server.ts";

/** What reads were last answered: a stale read gets it once more, whatever was written since. */
export interface StaleReads {
  /** Takes the answer of a read. */
  keep(request: EmulatorRequest, response: EmulatorResponse): void;
  /** What the very same read of the same caller was last answered. */
  find(request: EmulatorRequest): EmulatorResponse | undefined;
}

/** So many reads are remembered, the newest. */
const most = 1000;

/** Remembers nothing yet. */
export function createStaleReads(): StaleReads {
  const answers = new Map<string, EmulatorResponse>();
  return {
    keep: (request, response) => {
      if (response.status !== 200) return;
      const key = keyOf(request);
      answers.delete(key);
      answers.set(key, response);
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
    },
    find: (request) => answers.get(keyOf(request)),
  };
}

/** Of a signed call only the key id tells who calls: the rest of the header is another each time. */
function keyOf({ method, path, query, headers, body }: EmulatorRequest): string {
  const caller = headers["authorization"]?.split("/", 1)[0] ?? "";
  return JSON.stringify([method, path, query.toString(), headers["x-amz-target"] ?? "", caller, body]);
}
