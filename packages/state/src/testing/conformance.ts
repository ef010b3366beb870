import type { Clock } from "@cosell/connector";
import type { StateStore } from "../store.ts";
import { answerCases } from "./answer-cases.ts";
import { bindingCases } from "./binding-cases.ts";
import type { Case } from "./case.ts";
import { claimCases } from "./claim-cases.ts";
import { crowdCases } from "./crowd-cases.ts";
import { failureCases } from "./failure-cases.ts";
import { exportCases } from "./export-cases.ts";
import { inboxCases } from "./inbox-cases.ts";
import { joiningCases } from "./joining-cases.ts";
import { journalCases } from "./journal-cases.ts";
import { linkCases } from "./link-cases.ts";
import { manualClock } from "./manual-clock.ts";
import { pendingCallCases } from "./pending-call-cases.ts";
import { settlementCases } from "./settlement-cases.ts";
import { urgencyCases } from "./urgency-cases.ts";
import { valueCases } from "./value-cases.ts";

/** One empty state, for one test. */
export interface StateFixture {
  /** Opens a store on it: the second one sees what the first one wrote. */
  readonly open: () => Promise<StateStore>;
  /** Opens a store on another, empty state, which `remove` takes along. */
  readonly openOther: () => Promise<StateStore>;
  /** Makes leases older, where not the stores' clock decides about them. */
  readonly elapse?: (milliseconds: number) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface ConformanceOptions {
  /** The test runner's own. */
  readonly it: (name: string, test: () => Promise<void>) => unknown;
  /** Makes an empty state whose stores read this clock. */
  readonly open: (clock: Clock) => Promise<StateFixture>;
}

const cases: readonly Case[] = [
  ...linkCases,
  ...claimCases,
  ...failureCases,
  ...settlementCases,
  ...crowdCases,
  ...valueCases,
  ...pendingCallCases,
  ...bindingCases,
  ...urgencyCases,
  ...joiningCases,
  ...answerCases,
  ...inboxCases,
  ...journalCases,
  ...exportCases,
];

/**
 * What every driver of the state store must do. Runs under any test runner:
 * `stateStoreConformance({ it, open: async (clock) => ({ open: …, remove: … }) })`.
 */
export const stateStoreConformance = ({ it, open }: ConformanceOptions): void => {
  for (const { name, test } of cases)
    it(name, async () => {
      const clock = manualClock();
      const fixture = await open(clock);
      const stores: StateStore[] = [];
      const kept = async (opening: Promise<StateStore>): Promise<StateStore> => {
        const store = await opening;
        stores.push(store);
        return store;
      };
      const openStore = (): Promise<StateStore> => kept(fixture.open());
      try {
        const elapse = async (milliseconds: number): Promise<void> => {
          clock.advance(milliseconds);
          await fixture.elapse?.(milliseconds);
        };
        const openOther = (): Promise<StateStore> => kept(fixture.openOther());
        await test({ clock, elapse, store: await openStore(), open: openStore, openOther });
      } finally {
        for (const store of stores) await store.close();
        await fixture.remove();
      }
    });
};
