import { seededRandomness } from "./randomness.ts";

/** Every kind of fault, in the words of the admin face. */
export const faultKinds = [
  "latency",
  "throttle",
  "server-error",
  "server-error-after-commit",
  "reset-before-commit",
  "reset-after-commit",
  "truncated-body",
  "expired-token",
  "clock-skew",
  "stale-read",
  "stall",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** When to hurt a call, and how. A call meets at most one rule: the first that matches and strikes. */
export interface FaultRule {
  /** Only this server. @defaultValue every server */
  readonly server?: string;
  /** Only this operation. @defaultValue every operation */
  readonly operation?: string;
  readonly kind: FaultKind;
  /** Strikes so often, then never again. @defaultValue without end */
  readonly times?: number;
  /** From 0 to 1, decided by the seeded randomness. @defaultValue 1 */
  readonly probability?: number;
  /** For `latency`: how long the call waits, in real milliseconds. @defaultValue 100 */
  readonly latencyMs?: number;
  /** For `throttle` and `server-error`: sent as `Retry-After`. @defaultValue no such header */
  readonly retryAfterSeconds?: number;
  /** For `clock-skew`: how far the server's clock is ahead of the machine's, in milliseconds. @defaultValue one hour */
  readonly skewMs?: number;
}

/** The rules in force. */
export interface Faults {
  /** What is left of the rules: `times` counts down, spent rules are gone. */
  rules(): readonly FaultRule[];
  set(rules: readonly FaultRule[]): void;
  add(rule: FaultRule): void;
  clear(): void;
  /** The rule that strikes this call, if any; counts the strike. */
  strike(server: string, operation: string): FaultRule | undefined;
}

/** @param options.seed one seed replays one run. @defaultValue seed 1 */
export function createFaults({ seed = 1 }: { readonly seed?: number } = {}): Faults {
  const random = seededRandomness(seed);
  let rules: readonly FaultRule[] = [];
  return {
    rules: () => rules,
    set: (next) => {
      rules = next.filter((rule) => rule.times === undefined || rule.times > 0);
    },
    add: (rule) => {
      rules = [...rules, rule];
    },
    clear: () => {
      rules = [];
    },
    strike: (server, operation) => {
      const struck = rules.find(
        (rule) =>
          (rule.server === undefined || rule.server === server) &&
          (rule.operation === undefined || rule.operation === operation) &&
          (rule.probability === undefined || random() < rule.probability),
      );
      if (struck?.times !== undefined) rules = countDown(rules, struck, struck.times);
      return struck;
    },
  };
}

function countDown(rules: readonly FaultRule[], struck: FaultRule, times: number): readonly FaultRule[] {
  return rules.flatMap((rule) => (rule !== struck ? [rule] : times > 1 ? [{ ...rule, times: times - 1 }] : []));
}
