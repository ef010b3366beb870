import type { CommandDefinition } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { defineStateExport } from "./state/export.ts";
import { defineStateImport } from "./state/import.ts";
import { defineStateInfo } from "./state/info.ts";
import { defineStatePrune } from "./state/prune.ts";

/** `cosell state …`: where the state lies and what it holds, moving it to another place, keeping it small. */
export const defineState: CommandDefinition = (command, act) => {
  command.addHelpText(
    "after",
    examples(
      "cosell state info",
      "cosell state export state.jsonl --with-tokens",
      "cosell state import state.jsonl",
      "cosell state prune --older-than 90d --keep 20",
    ),
  );
  for (const define of [defineStateInfo, defineStateExport, defineStateImport, defineStatePrune]) define(command, act);
};
