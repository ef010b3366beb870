import type { Authority } from "../../mapping.ts";
import type { Definition } from "./definition.ts";

/** Who wins a true conflict. */
export const authorities: Readonly<Record<Authority, Definition>> = {
  crm: { summary: "The CRM's value goes to AWS. What holds where nothing is said." },
  aws: { summary: "AWS's value goes to the CRM." },
  ask: { summary: "Neither is written until a person decides." },
};
