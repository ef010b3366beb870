import type { Deal } from "./deal.ts";
import { finishCreate } from "./apply/create.ts";
import { finishSubmit } from "./apply/submit.ts";
import { resolveWrite, writeStep } from "./apply/write-ahead.ts";

/**
 * Resolves calls that an earlier run stored and whose outcome it never learnt: the same token is sent again, and AWS
 * answers what it answered then; a write without a token is looked for. Only after this may anything new be decided for the link.
 */
export async function resolvePendingCalls(deal: Deal): Promise<void> {
  const { store, clock } = deal.options;
  for (const call of await store.pendingCalls(deal.link.id)) {
    if (call.step === writeStep) {
      await resolveWrite(call, deal);
      continue;
    }
    if (call.step === "create") await finishCreate(call, deal);
    else await finishSubmit(call, deal);
    await store.settle(deal.link.id, {
      journal: [
        {
          at: clock.now(),
          kind: "resumed",
          summary: `Found the outcome of the ${call.step} that an earlier run had started.`,
          detail: { step: call.step },
        },
      ],
    });
  }
}
