import { setTimeout as pause } from "node:timers/promises";
import type { RunningEmulators } from "@cosell/emulator";

/** The two servers that people work on. */
export type BothSides = Pick<RunningEmulators, "salesforce" | "partnerCentral">;

/** A value that a person wrote on one side, and where it must turn up on the other. */
export interface Edit {
  readonly side: "crm" | "aws";
  readonly crmRef: string;
  readonly opportunityId: string;
  readonly awsPath: string;
  readonly crmField: string;
  readonly value: string | number;
}

type Change = Omit<Edit, "crmRef" | "opportunityId" | "value"> & {
  readonly value: (number: number) => string | number;
};

const day = (number: number): string => new Date(Date.UTC(2027, 2, 1 + (number % 60))).toISOString().slice(0, 10);

/** Each touches a field of its own, so that no two of them are a conflict. */
const changes: readonly Change[] = [
  { side: "aws", awsPath: "LifeCycle.NextSteps", crmField: "NextStep", value: (n) => `Call the sponsor, call ${n}` },
  { side: "aws", awsPath: "LifeCycle.TargetCloseDate", crmField: "CloseDate", value: day },
  {
    ...{ side: "crm", awsPath: "Project.ExpectedCustomerSpend.0.Amount", crmField: "AWS_Monthly_Spend__c" },
    value: (n) => 4000 + n,
  },
  {
    ...{ side: "crm", awsPath: "Project.CustomerBusinessProblem", crmField: "AWS_Business_Problem__c" },
    value: (n) => `The customer wants to leave its own data centre, wave ${n} of the programme.`,
  },
  {
    ...{ side: "crm", awsPath: "Project.AdditionalComments", crmField: "AWS_Additional_Comments__c" },
    value: (n) => `The customer prefers mornings, note ${n}`,
  },
];

/** AWS approves what is submitted, and people on both sides write until they are stopped: every value once. Returns what they wrote. */
export async function editAndReview(
  { salesforce, partnerCentral }: BothSides,
  { everyMs, signal, onEdit }: { readonly everyMs: number; readonly signal: AbortSignal; readonly onEdit?: () => void },
): Promise<readonly Edit[]> {
  const done = new Set<string>();
  const edits: Edit[] = [];
  while (!signal.aborted) {
    await pause(everyMs);
    for (const { Id: id, LifeCycle: life } of partnerCentral.opportunities()) {
      if (statusOf(life) === "Submitted") partnerCentral.review({ opportunity: id as string, status: "Approved" });
    }
    const approved = partnerCentral.opportunities().filter(({ LifeCycle: life }) => statusOf(life) === "Approved");
    const { PartnerOpportunityIdentifier: crmRef, Id: opportunityId } = anyOf(approved) ?? {};
    const change = anyOf(changes);
    if (typeof crmRef !== "string" || typeof opportunityId !== "string" || change === undefined) continue;
    const place = `${crmRef} ${change.crmField}`;
    if (done.has(place)) continue;
    done.add(place);
    const edit: Edit = { ...change, crmRef, opportunityId, value: change.value(edits.length) };
    if (edit.side === "crm") salesforce.edit("Opportunity", crmRef, { [edit.crmField]: edit.value });
    else partnerCentral.edit({ object: "Opportunity", id: opportunityId, fields: { [edit.awsPath]: edit.value } });
    edits.push(edit);
    onEdit?.();
  }
  return edits;
}

function statusOf(life: unknown): unknown {
  return (life as { readonly ReviewStatus?: unknown } | undefined)?.ReviewStatus;
}

const anyOf = <Thing>(things: readonly Thing[]): Thing | undefined => things[Math.floor(Math.random() * things.length)];
