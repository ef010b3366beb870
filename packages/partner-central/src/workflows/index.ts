import { accountSetUp } from "./account.ts";
import { coSell } from "./co-sell.ts";
import { collaborate } from "./collaborate.ts";
import { connectAccept, connectCancel, connectReject } from "./connect-answer.ts";
import { connectInvite } from "./connect-invite.ts";
import { connectList } from "./connect-list.ts";
import { connectPreferences } from "./connect-preferences.ts";
import { engagement } from "./engagement.ts";
import { lead } from "./lead.ts";
import { lookupOffers, lookupProducts, lookupSolutions } from "./lookup.ts";
import { prospect } from "./prospect.ts";
import type { Workflow } from "./workflow.ts";

export { accountCaller } from "./account-caller.ts";
export { runWorkflow } from "./run-workflow.ts";
export { explainReason, reasonCodes } from "./reason-codes.ts";
export type { ReasonCode } from "./reason-codes.ts";
export { checkWorkflowInput } from "./workflow-input.ts";
export type { InputIssue, InputMember } from "./workflow-input.ts";
export type {
  StepRecord,
  Workflow,
  WorkflowCaller,
  WorkflowMemory,
  WorkflowOutcome,
  WorkflowProgress,
  WorkflowRecord,
  WorkflowSurroundings,
} from "./workflow.ts";

/** Every workflow, in the order in which a partner meets them. */
export const workflows: readonly Workflow[] = [
  coSell,
  engagement,
  lead,
  prospect,
  connectInvite,
  connectAccept,
  connectReject,
  connectCancel,
  connectList,
  connectPreferences,
  collaborate,
  accountSetUp,
  lookupSolutions,
  lookupProducts,
  lookupOffers,
];
