import type { Pause } from "@cosell/state";
import type { Terminal } from "../terminal/terminal.ts";
import { moment } from "./value.ts";

/** What stands still and why, a line each. Empty when nothing does. */
export function renderPauses({ colours }: Terminal, pauses: readonly Pause[]): string {
  return pauses
    .map(({ scope, name, path, reason, at }) => {
      const what = path === "" ? `the ${scope} "${name}"` : `${path} of the sync "${name}"`;
      return `${colours.yellow("paused")} ${what} since ${moment(at)}: ${reason}`;
    })
    .join("\n");
}
