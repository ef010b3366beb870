import fc from "fast-check";
import { mappedFields, solutions } from "./mapping.ts";

/** Ways in which a side fails. */
export type Fault = "throttled" | "failed" | "lost" | "stale" | "dropped" | "crm-lost";

/** One thing that happens. Records are counted from 0; one that does not exist (yet) makes the action nothing. */
export type Action =
  | { readonly kind: "create"; readonly values: readonly number[]; readonly submit: boolean }
  | { readonly kind: "edit"; readonly record: number; readonly field: number; readonly value: number }
  | { readonly kind: "edit-at-aws"; readonly record: number; readonly field: number; readonly value: number }
  | { readonly kind: "mistype"; readonly record: number }
  | { readonly kind: "submit"; readonly record: number; readonly submit: boolean }
  | { readonly kind: "share"; readonly record: number; readonly share: boolean }
  /** A person makes an opportunity at AWS for a record without one, and says so: in the CRM, or to the store. */
  | { readonly kind: "make-by-hand"; readonly record: number; readonly tells: "crm" | "store" }
  | { readonly kind: "own"; readonly record: number; readonly owner: string }
  | { readonly kind: "solutions"; readonly record: number; readonly solutions: readonly string[] }
  | { readonly kind: "solution-at-aws"; readonly record: number; readonly solution: string; readonly attach: boolean }
  | { readonly kind: "review"; readonly record: number; readonly status: "Approved" | "Action Required" | "Rejected" }
  | { readonly kind: "summary"; readonly record: number; readonly stage: string }
  | { readonly kind: "event"; readonly record: number; readonly times: number }
  | { readonly kind: "remove" | "restore" | "merge"; readonly record: number }
  | { readonly kind: "forget-cursors" }
  | { readonly kind: "remap"; readonly edition: 1 | 2 }
  /** A merge that a sync with another mapping is the first to see. */
  | { readonly kind: "merge-after-remap"; readonly record: number; readonly edition: 1 | 2 }
  | { readonly kind: "answer"; readonly record: number; readonly take: "crm" | "aws" }
  | { readonly kind: "pause" | "resume"; readonly field: number }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "fault"; readonly fault: Fault; readonly times: number }
  | { readonly kind: "race"; readonly afterCalls: number; readonly act: Action }
  /** `downtime`: what people do between the kill and the next start. */
  | { readonly kind: "sync"; readonly dieAt: number | undefined; readonly downtime: readonly Action[] };

const record = fc.nat({ max: 1 });
const field = fc.nat({ max: mappedFields.length - 1 });
const value = fc.nat({ max: 4 });
const some = fc.uniqueArray(fc.constantFrom(...solutions), { maxLength: 3 });

const edits = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("edit" as const), record, field, value }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("edit-at-aws" as const), record, field, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("solutions" as const), record, solutions: some }) },
);

/** What matters most while a call is under way, or its outcome is not known. */
const turns = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("share" as const), record, share: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("submit" as const), record, submit: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), record }) },
);
const byHand = fc.record({
  kind: fc.constant("make-by-hand" as const),
  record,
  tells: fc.constantFrom("crm" as const, "store" as const),
});
const meanwhile = fc.oneof(
  { weight: 4, arbitrary: edits },
  { weight: 2, arbitrary: turns },
  { weight: 1, arbitrary: byHand },
);

const syncs = (downtime: fc.Arbitrary<readonly Action[]>): fc.Arbitrary<Action> =>
  fc.record({
    kind: fc.constant("sync" as const),
    dieAt: fc.option(fc.integer({ min: 1, max: 130 }), { nil: undefined, freq: 2 }),
    downtime,
  });

const rest = fc.oneof(
  fc.record({ kind: fc.constant("share" as const), record, share: fc.boolean() }),
  byHand,
  fc.record({ kind: fc.constant("mistype" as const), record }),
  fc.record({ kind: fc.constant("submit" as const), record, submit: fc.boolean() }),
  fc.record({
    kind: fc.constant("own" as const),
    record,
    owner: fc.constantFrom("olga@acme.example", "otto@acme.example"),
  }),
  fc.record({
    kind: fc.constant("solution-at-aws" as const),
    record,
    solution: fc.constantFrom(...solutions),
    attach: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("review" as const),
    record,
    status: fc.constantFrom("Approved" as const, "Approved" as const, "Action Required" as const, "Rejected" as const),
  }),
  fc.record({ kind: fc.constant("summary" as const), record, stage: fc.constantFrom("Prospect", "Committed") }),
  fc.record({ kind: fc.constant("event" as const), record, times: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    kind: fc.constantFrom("remove" as const, "restore" as const, "restore" as const, "merge" as const),
    record,
  }),
  fc.constant({ kind: "forget-cursors" as const }),
  fc.record({ kind: fc.constant("remap" as const), edition: fc.constantFrom(1 as const, 2 as const) }),
  fc.record({
    kind: fc.constant("merge-after-remap" as const),
    record,
    edition: fc.constantFrom(1 as const, 2 as const),
  }),
  fc.record({ kind: fc.constant("answer" as const), record, take: fc.constantFrom("crm" as const, "aws" as const) }),
  fc.record({ kind: fc.constantFrom("pause" as const, "resume" as const), field }),
  fc.record({ kind: fc.constant("wait" as const), minutes: fc.constantFrom(1, 60, 2000) }),
);

const faults = fc.oneof(
  fc.record({
    kind: fc.constant("fault" as const),
    fault: fc.constantFrom<Fault>("throttled", "failed", "lost", "stale", "dropped", "crm-lost"),
    // So often that a run gives up, too.
    times: fc.constantFrom(1, 2, 3, 9),
  }),
  fc.record({
    kind: fc.constant("race" as const),
    afterCalls: fc.nat({ max: 8 }),
    act: fc.oneof({ weight: 3, arbitrary: edits }, { weight: 1, arbitrary: turns }),
  }),
);

const create = fc.record({
  kind: fc.constant("create" as const),
  values: fc.array(value, { minLength: mappedFields.length, maxLength: mappedFields.length }),
  submit: fc.boolean(),
});

/** Any history: it begins with a deal, and syncs come often. `faulty`: with faults and people who are faster than the engine. */
export function histories(options: { readonly faulty: boolean }): fc.Arbitrary<readonly Action[]> {
  const action = fc.oneof(
    { weight: 8, arbitrary: edits },
    { weight: 7, arbitrary: syncs(options.faulty ? fc.array(meanwhile, { maxLength: 2 }) : fc.constant([])) },
    { weight: 7, arbitrary: rest },
    { weight: 1, arbitrary: create },
    ...(options.faulty ? [{ weight: 3, arbitrary: faults }] : []),
  );
  return fc.tuple(create, fc.array(action, { maxLength: 24, size: "max" })).map(([first, more]) => [first, ...more]);
}
