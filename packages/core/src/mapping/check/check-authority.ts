import { authorityOf } from "../compile/authority.ts";
import type { TargetState } from "../../target.ts";
import { suggest } from "../suggest.ts";
import type { CheckContext } from "./context.ts";
import { isWithin, parentsOf } from "./mapped-paths.ts";
import { plainPath } from "./target-fields.ts";
import { twoWayPaths, type TwoWayPath } from "./two-way-paths.ts";

/** An opportunity that AWS has accepted and that is not launched yet: most of its life. */
const approved: TargetState = { reviewStatus: "Approved", stage: undefined, origin: undefined };

/** Checks who decides about conflicts: that there can be any, and that the one who wins can be heard. */
export function checkAuthority(context: CheckContext): void {
  const twoWay = twoWayPaths(context.document);
  checkEntries(twoWay, context);
  checkLocks(twoWay, context);
}

function checkEntries(twoWay: ReadonlyMap<string, TwoWayPath>, { document, target, report }: CheckContext): void {
  const known = new Set(
    [...target.writable.keys(), ...target.readable.keys()].flatMap((path) => [
      plainPath(path),
      ...parentsOf(plainPath(path)),
    ]),
  );
  const decided = new Set([...twoWay.keys()].flatMap((path) => [path, ...parentsOf(path)]));
  for (const { path } of document.authority.entries) {
    if (!known.has(path.text))
      report(path.at, {
        code: "unknown-target-field",
        message: `${target.name} has no field "${path.text}" to have authority over.`,
        suggestion: suggest(path.text, known),
      });
    // Associations are compared as sets, whether they come back or not.
    else if (
      !decided.has(path.text) &&
      !parentsOf(path.text).some((part) => twoWay.has(part)) &&
      !isAssociated(path.text, target)
    )
      report(path.at, {
        severity: "warning",
        code: "one-way-authority",
        message: `${path.text} does not go both ways: no inbound rule brings it back into the field that it comes from. Add one, or take this line out.`,
      });
  }
}

function isAssociated(path: string, { writable }: CheckContext["target"]): boolean {
  return [...writable.values()].some((field) => field.calls.includes("associate") && isWithin(field.path, path));
}

/** Where the CRM wins, its value must be able to get through. */
function checkLocks(twoWay: ReadonlyMap<string, TwoWayPath>, { document, target, report }: CheckContext): void {
  const authority = authorityOf(document.authority);
  const entries = new Map(document.authority.entries.map(({ path }) => [path.text, path.at]));
  for (const [path, { target: word, field }] of twoWay) {
    const lock = authority(path) === "crm" ? target.lockOf(path, approved) : undefined;
    if (lock === undefined || lock.lock === "editable") continue;
    const named = [...parentsOf(path), path].findLast((part) => entries.has(part)) ?? "";
    report(entries.get(named) ?? word.at, {
      severity: "warning",
      code: "locked-after-approval",
      message: `The CRM wins over ${path}, but once the opportunity is approved a change of ${field} cannot be sent. ${lock.reason} Give the authority over it to aws, or to ask.`,
    });
  }
}
