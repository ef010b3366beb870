import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { openState } from "./open-state.ts";
import type { ClaimedLink, MarkPriority } from "./store.ts";
import { collect, sync } from "./testing/case.ts";
import { manualClock } from "./testing/manual-clock.ts";

/** The queue as one would explain it: every mark ever made and not answered, in a list. */
interface ModelLink {
  readonly ref: string;
  marks: { readonly at: number; readonly reason: string; readonly priority: MarkPriority }[];
  claim: { readonly owner: string; readonly serial: number; readonly taken: number; until: number } | undefined;
  failed: boolean;
  retryAt: number | undefined;
}

interface Claim {
  readonly owner: string;
  readonly ref: string;
  readonly serial: number;
  readonly claimed: ClaimedLink;
}

const day = 24 * 60 * 60 * 1000;

/** How long a mark lets more urgent ones go first. */
const patience: Readonly<Record<MarkPriority, number>> = { urgent: 0, high: day, normal: 3 * day, low: 7 * day };

/** Its place in the queue: the mark of it that is due first. */
const dueOf = ({ marks }: ModelLink): number => Math.min(...marks.map((one) => one.at + patience[one.priority]));

const byPriority = Object.keys(patience) as readonly MarkPriority[];

const mostUrgentOf = ({ marks }: ModelLink): MarkPriority | undefined =>
  byPriority.find((candidate) => marks.some((one) => one.priority === candidate));

const owner = fc.constantFrom("a", "b");
const ref = fc.constantFrom("006A", "006B", "006C", "006D");
const milliseconds = fc.constantFrom(1, 10, 25, 2 * day, 5 * day);
const priority = fc.constantFrom<MarkPriority>("urgent", "high", "normal", "low");
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("mark"),
      refs: fc.array(ref, { maxLength: 3 }),
      reason: fc.constantFrom("x", "y", "z"),
      priority,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("claim"), owner, limit: fc.integer({ min: 0, max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("settle"),
      which: fc.nat(),
      outcome: fc.constantFrom("done", "retry", "park"),
      after: milliseconds,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("advance"), by: milliseconds }) },
  fc.record({ do: fc.constant("release"), owner, ref }),
  fc.record({ do: fc.constant("renew"), owner, ref }),
  fc.record({ do: fc.constant("replay"), refs: fc.option(fc.array(ref), { nil: undefined }) }),
);

const leaseMs = 20;
const failure = { kind: "transient", message: "No." } as const;

describe("marks, claims and settlements", () => {
  it("do what a plain list of marks would do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const clock = manualClock();
        const store = await openState({ url: "sqlite::memory:", clock });
        const model: ModelLink[] = [];
        const claims: Claim[] = [];
        const idOf = async (wanted: string): Promise<string> =>
          (await store.linkByCrmRef(sync, wanted))?.id ?? "nobody";
        const find = (wanted: string): ModelLink | undefined => model.find((link) => link.ref === wanted);

        for (const step of actions) {
          const now = clock.now();
          switch (step.do) {
            case "mark": {
              const { refs, reason, priority: urgency } = step;
              let newlyDirty = 0;
              for (const marked of refs) {
                const link = find(marked) ?? {
                  ref: marked,
                  marks: [],
                  claim: undefined,
                  failed: false,
                  retryAt: undefined,
                };
                if (!model.includes(link)) model.push(link);
                if (link.marks.length === 0) newlyDirty += 1;
                link.marks.push({ at: now, reason, priority: urgency });
              }
              const marks = refs.map((marked) => ({
                side: "crm" as const,
                ref: marked,
                reason,
                priority: urgency,
              }));
              expect(await store.intake(sync, "crm", marks, undefined)).toBe(newlyDirty);
              break;
            }
            case "claim": {
              const free = model
                .filter(
                  ({ marks, claim, retryAt }) =>
                    marks.length > 0 && (claim?.until ?? now) <= now && (retryAt ?? now) <= now,
                )
                .toSorted((one, two) => dueOf(one) - dueOf(two));
              expect(await store.claimable(sync, { limit: 10 })).toEqual(
                await Promise.all(
                  free.map(async (link) => ({
                    linkId: await idOf(link.ref),
                    priority: mostUrgentOf(link),
                    markedAt: link.marks[0]?.at,
                  })),
                ),
              );
              free.splice(step.limit);
              const claimed = await store.claim(sync, step.owner, { limit: step.limit, leaseMs });
              expect(claimed.map(({ link, reasons }) => [link.crmRef, [...reasons]])).toEqual(
                free.map((link) => [link.ref, [...new Set(link.marks.map(({ reason }) => reason))]]),
              );
              for (const [index, link] of free.entries()) {
                const serial = claims.length;
                link.claim = { owner: step.owner, serial, taken: link.marks.length, until: now + leaseMs };
                const one = claimed[index];
                if (one !== undefined) claims.push({ owner: step.owner, ref: link.ref, serial, claimed: one });
              }
              break;
            }
            case "settle": {
              const claim = claims[step.which % Math.max(claims.length, 1)];
              const link = claim && find(claim.ref);
              if (claim === undefined || link === undefined) break;
              const retryAt = step.outcome === "retry" ? now + step.after : undefined;
              await store.settle(claim.claimed.link.id, {
                failure: step.outcome === "done" ? null : { failure, retryAt },
                settles: { owner: claim.owner, generation: claim.claimed.generation },
              });
              if (link.claim?.serial !== claim.serial) {
                link.marks.push({ at: now, reason: "overtaken", priority: "normal" });
                break;
              }
              if (step.outcome !== "retry") link.marks = link.marks.slice(link.claim.taken);
              link.claim = undefined;
              link.failed = step.outcome !== "done";
              link.retryAt = retryAt;
              break;
            }
            case "advance":
              clock.advance(step.by);
              break;
            case "release": {
              await store.release(step.owner, [await idOf(step.ref)]);
              const link = find(step.ref);
              if (link?.claim?.owner === step.owner) link.claim = undefined;
              break;
            }
            case "renew": {
              await store.renew(step.owner, [await idOf(step.ref)], leaseMs);
              const link = find(step.ref);
              if (link?.claim?.owner === step.owner) link.claim.until = now + leaseMs;
              break;
            }
            case "replay": {
              const failed = model.filter(
                (link) => link.failed && (step.refs?.some((wanted) => wanted === link.ref) ?? true),
              );
              for (const link of failed) {
                link.marks.push({ at: now, reason: "replay", priority: "high" });
                link.retryAt = now;
              }
              const ids = step.refs && (await Promise.all(step.refs.map(idOf)));
              expect(await store.replay(sync, ids)).toBe(failed.length);
              break;
            }
          }
        }
        expect((await collect(store.dirtyLinks(sync))).map(({ crmRef }) => crmRef)).toEqual(
          model.filter(({ marks }) => marks.length > 0).map((link) => link.ref),
        );
        expect((await collect(store.failures(sync))).map(({ crmRef, retryAt }) => [crmRef, retryAt])).toEqual(
          model.filter((link) => link.failed).map((link) => [link.ref, link.retryAt]),
        );
        await store.close();
      }),
      { numRuns: 150 },
    );
  });
});
