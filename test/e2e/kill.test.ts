import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { valueAt } from "@cosell/core";
import { type RequestEvent, runningClock, startEmulators } from "@cosell/emulator";
import { cosell, startCosell, writeConfiguration } from "./support/command.ts";
import { createReadyDeal } from "./support/deal.ts";

/** Every call of a first sync, in its order: the first one of a kind that the command makes. */
const steps: readonly (readonly [server: string, operation: string])[] = [
  ["salesforce", "query"],
  ["partnerCentralSelling", "ListOpportunities"],
  ["partnerCentralSelling", "CreateOpportunity"],
  ["partnerCentralSelling", "AssociateOpportunity"],
  ["partnerCentralSelling", "AssignOpportunity"],
  ["partnerCentralSelling", "StartEngagementFromOpportunityTask"],
  ["partnerCentralSelling", "GetOpportunity"],
  ["salesforce", "composite"],
];
const phases = ["received", "handled"] as const;

describe("kill -9 in the middle of cosell sync", () => {
  describe.each(steps)("at %s %s", (server, operation) => {
    it.each(phases)("(%s), run again: the same final state, and one opportunity", async (phase) => {
      const folder = mkdtempSync(join(tmpdir(), "cosell-kill-"));
      let kill: (() => Promise<void>) | undefined;
      const clock = runningClock();
      const emulators = await startEmulators({
        clock,
        settings: { partnerCentralSelling: { inReviewAfterMs: Number.MAX_SAFE_INTEGER } },
        hooks: {
          onRequest: async (event: RequestEvent) => {
            if (event.server === server && event.operation === operation && event.phase === phase) await kill?.();
          },
        },
      });
      try {
        // The command goes by the machine's clock and leaves out the newest two seconds: the deal is a minute old.
        clock.advance(-60_000);
        const deal = createReadyDeal(emulators.salesforce);
        clock.advance(60_000);
        writeConfiguration(folder, emulators);

        const killed = startCosell(folder, ["sync", "--json"]);
        kill = async () => {
          kill = undefined;
          killed.process.kill("SIGKILL");
          await killed.ended;
        };
        expect((await killed.ended).code).toBeNull();

        const { code, stdout, stderr } = await cosell(folder, ["sync", "--json"]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(JSON.parse(stdout)).toMatchObject({ failed: 0, conflicts: 0 });

        const [opportunity, ...others] = emulators.partnerCentral.opportunities();
        expect(others).toEqual([]);
        expect(opportunity?.["PartnerOpportunityIdentifier"]).toBe(deal);
        expect(opportunity && valueAt(opportunity, "LifeCycle.ReviewStatus")).toBe("Submitted");
        expect(opportunity && valueAt(opportunity, "RelatedEntityIdentifiers.Solutions")).toEqual(["S-0001111"]);
        expect(emulators.salesforce.records("Opportunity").find(({ Id }) => Id === deal)).toMatchObject({
          AWS_Opportunity_Id__c: opportunity?.["Id"],
          AWS_Review_Status__c: "Submitted",
          AWS_Sync_Status__c: "In step",
        });
      } finally {
        await emulators.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});
