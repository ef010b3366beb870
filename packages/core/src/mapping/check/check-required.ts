import { requiredMembers } from "../required-members.ts";
import type { CheckContext } from "./context.ts";
import type { Mapped } from "./mapped-paths.ts";
import { plainPath } from "./target-fields.ts";

/** What the target requires wherever a structure is given must be given too. */
export function checkRequired(mapped: readonly Mapped[], { target, report }: CheckContext): void {
  for (const [within, members] of requiredMembers(target.writable)) {
    const present = mapped.filter(({ path }) => path.startsWith(within));
    const [first] = present;
    if (first === undefined) continue;
    const given = new Set(present.map(({ path }) => path.slice(within.length).split(/[.[]/u)[0]));
    const whole = plainPath(within).slice(0, -1);
    for (const member of members)
      if (!given.has(member))
        report(first.at, {
          code: "required-unmapped",
          message: `${target.name} requires ${whole}.${member} wherever ${whole} is given, and no rule maps it.`,
        });
  }
}
