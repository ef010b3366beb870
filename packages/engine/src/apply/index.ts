import { noTracer } from "@cosell/connector";
import type { PlanStep } from "@cosell/core";
import type { Applied, Deal } from "../deal.ts";
import { applyAssign } from "./assign.ts";
import { applyAssociation } from "./associate.ts";
import { applyCreate } from "./create.ts";
import { applySubmit } from "./submit.ts";
import { applyUpdate } from "./update.ts";
import { applyWriteCrm } from "./write-crm.ts";

/** Applies one step of a plan: the only way in which anything is written at AWS or in the CRM. */
export function applyStep(step: PlanStep, deal: Deal): Promise<Applied> {
  const { tracer = noTracer } = deal.options;
  const attributes = { "cosell.step": step.kind, "cosell.opportunity": deal.link.opportunityId };
  return tracer.inSpan("step", attributes, () => apply(step, deal));
}

function apply(step: PlanStep, deal: Deal): Promise<Applied> {
  switch (step.kind) {
    case "create":
      return applyCreate(step, deal);
    case "update":
      return applyUpdate(step, deal);
    case "associate":
    case "disassociate":
      return applyAssociation(step, deal);
    case "assign":
      return applyAssign(step, deal);
    case "submit":
      return applySubmit(step, deal);
    case "write-crm":
      return applyWriteCrm(step, deal);
  }
}
