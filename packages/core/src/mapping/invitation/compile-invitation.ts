import type { CompileOptions } from "../compile/compile-mapping.ts";
import { compileCondition } from "../compile/compile-condition.ts";
import { compileInbound, inboundScope } from "../compile/compile-inbound.ts";
import { hashOf } from "../compile/hash.ts";
import { refuseErrors } from "../compile/refuse-errors.ts";
import { startRun } from "../compile/run.ts";
import type { InvitationDocument } from "../document.ts";
import type { InvitationMapping } from "../mapping.ts";
import { checkInvitationMapping } from "./check-invitation.ts";

/**
 * Makes an invitation mapping ready to run. Throws a `config` failure that lists the findings when it has errors against
 * the target.
 */
export function compileInvitationMapping(document: InvitationDocument, options: CompileOptions): InvitationMapping {
  const { id, crm, match } = document;
  refuseErrors(id, checkInvitationMapping(document, options));
  const holds = match && compileCondition(match, { scope: inboundScope, targetAbove: () => undefined });
  return {
    kind: "invitation",
    id,
    crm: { connector: crm.connector.text, object: crm.object.text },
    hash: hashOf(document),
    matches(invitation) {
      const source = { invitation };
      return holds?.(source, startRun(source)) ?? true;
    },
    inbound: compileInbound(document, options),
  };
}
