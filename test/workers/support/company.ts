import { setTimeout as pause } from "node:timers/promises";
import { type RunningEmulators, runningClock, startEmulators } from "@cosell/emulator";
import { createReadyDeal } from "../../e2e/support/deal.ts";
import type { EmulatorUrls } from "./emulators.ts";
import type { InstallationOptions } from "./installation.ts";

/** A company with a few deals in its CRM, and AWS: both emulated, in this process. */
export interface Company {
  readonly emulators: RunningEmulators;
  /** For `createInstallation`: where the servers are, and quotas that hold nobody up. */
  readonly reached: Pick<InstallationOptions, "urls" | "quotas">;
  /** Waits until every deal is at AWS and in step, lets AWS approve all, and waits until the CRM says so. */
  untilApproved(): Promise<void>;
  /** Somebody writes a comment into every deal. */
  comment(text: string): void;
  /** Waits until AWS has that comment for every deal. */
  untilCommented(text: string): Promise<void>;
  /** AWS's seller writes a next step into every opportunity. */
  nextStep(text: string): void;
  /** Waits until the CRM has that next step for every deal. */
  untilNextStep(text: string): Promise<void>;
  /** References of deals that have more than one opportunity at AWS. */
  duplicates(): readonly string[];
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50);
}

/** Starts both with so many deals that are ready to be submitted. */
export async function startCompany(count: number): Promise<Company> {
  const clock = runningClock();
  const emulators = await startEmulators({
    clock,
    settings: { partnerCentralSelling: { inReviewAfterMs: Number.MAX_SAFE_INTEGER } },
  });
  // The change feed leaves out the newest two seconds.
  clock.advance(-60_000);
  for (let number = 0; number < count; number += 1) createReadyDeal(emulators.salesforce, { Name: `Deal ${number}` });
  clock.advance(60_000);
  const { partnerCentral, partnerCentralSelling, salesforce, sqs, admin } = emulators;
  const urls: EmulatorUrls = {
    ...{ partnerCentralSelling: partnerCentralSelling.url, salesforce: salesforce.url },
    ...{ sqs: sqs.url, queueUrl: sqs.queueUrl, admin: admin.url },
  };
  const quota = { perSecond: 500, perDay: 1_000_000 };
  const everyDeal = (field: string, value: string): boolean =>
    salesforce.records("Opportunity").every((deal) => deal[field] === value);
  return {
    emulators,
    reached: { urls, quotas: { read: quota, write: quota } },
    async untilApproved() {
      await until(() => everyDeal("AWS_Sync_Status__c", "In step"));
      for (const { Id: id } of partnerCentral.opportunities())
        partnerCentral.review({ opportunity: id as string, status: "Approved" });
      await until(() => everyDeal("AWS_Review_Status__c", "Approved"));
    },
    comment(text) {
      for (const { Id: id } of salesforce.records("Opportunity"))
        salesforce.edit("Opportunity", String(id), { AWS_Additional_Comments__c: text });
    },
    untilCommented: (text) =>
      until(() =>
        partnerCentral
          .opportunities()
          .every(({ Project }) => (Project as { readonly AdditionalComments?: string }).AdditionalComments === text),
      ),
    nextStep(text) {
      for (const { Id: id } of partnerCentral.opportunities())
        partnerCentral.edit({ object: "Opportunity", id: id as string, fields: { "LifeCycle.NextSteps": text } });
    },
    untilNextStep: (text) => until(() => everyDeal("NextStep", text)),
    duplicates: () =>
      [...Map.groupBy(partnerCentral.opportunities(), ({ PartnerOpportunityIdentifier: ref }) => ref as string)]
        .filter(([, all]) => all.length > 1)
        .map(([ref]) => ref),
  };
}
