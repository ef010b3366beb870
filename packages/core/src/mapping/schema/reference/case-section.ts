import {
  caseKeys,
  casesFileKeys,
  inboundExpectations,
  inboundParts,
  issueKeys,
  outboundExpectations,
} from "../definitions/case-keys.ts";
import { blocks, meanings } from "./markdown.ts";

/** Golden cases: what a mapping must give. */
export function caseSection(): string {
  return blocks(
    "## Golden cases",
    "`deals.cases.yaml` beside `deals.yaml` says what must come out of it; `cosell mapping test` compares.",
    meanings("The file holds", casesFileKeys),
    meanings("A case holds `name`, `expect`, and one of `source` and `inbound`", caseKeys),
    meanings("`inbound` holds what is known", inboundParts),
    meanings("`expect` of a `source` may hold, each compared whole, `null` for none", outboundExpectations),
    meanings("`expect` of an `inbound` may hold", inboundExpectations),
    meanings("Each of `issues` holds", issueKeys),
  );
}
