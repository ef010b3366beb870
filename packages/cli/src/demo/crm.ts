import type { JsonValue } from "@cosell/connector";
import type { RunningEmulators } from "@cosell/emulator";
import { hubspotCrm } from "./hubspot-crm.ts";
import { pipedriveCrm } from "./pipedrive-crm.ts";
import { salesforceCrm } from "./salesforce-crm.ts";

/** Values of a deal that the story changes or looks at, whatever the CRM calls them. */
export type DealValue =
  | "nextSteps"
  | "monthlySpend"
  | "stage"
  | "comments"
  | "problem"
  | "closeDate"
  | "sellerStage"
  | "solutions"
  | "opportunityId";

/** One deal as people see it in the CRM. */
export interface DemoDeal {
  readonly ref: string;
  /** Marked for co-selling. */
  readonly isShared: boolean;
  readonly isClosed: boolean;
  readonly hasCustomer: boolean;
  /** A day as `YYYY-MM-DD`; `null` where there is none. */
  readonly values: Readonly<Record<DealValue, JsonValue>>;
}

/** A CRM as the story needs it: its name, how Cosell reaches it, and the hands of the people who work in it. */
export interface DemoCrm {
  readonly connector: "salesforce" | "hubspot" | "pipedrive";
  /** As people call it. */
  readonly title: string;
  /** The connection in `cosell.yaml`. */
  readonly connection: Readonly<Record<string, string>>;
  /** The shipped mapping's file. */
  readonly mapping: string;
  /** Operations in the request log that only read. */
  readonly reads: RegExp;
  /** The CRM's words for two of AWS's stages. */
  readonly stages: { readonly committed: string; readonly businessValidation: string };
  /** Deals that are there now. */
  deals(): readonly DemoDeal[];
  /** A seller changes a deal. */
  edit(ref: string, values: Partial<Readonly<Record<DealValue, JsonValue>>>): void;
  /** A seller joins a deal to a customer that the company has. */
  giveCustomer(ref: string): void;
  /** A seller makes a deal, marked for co-selling, without a customer. @returns its ref */
  create(name: string): string;
}

/** The CRMs that the story can be played with. */
export const demoCrms: Readonly<Record<DemoCrm["connector"], (emulators: RunningEmulators) => DemoCrm>> = {
  salesforce: salesforceCrm,
  hubspot: hubspotCrm,
  pipedrive: pipedriveCrm,
};

/** Turns each value into a field by its name in the CRM. */
export function fieldsOf(
  names: Readonly<Record<DealValue, string>>,
  values: Partial<Readonly<Record<DealValue, JsonValue>>>,
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name as DealValue], value]));
}
