import { existsSync } from "node:fs";
import type { GlobalOptions } from "../program/command.ts";

/** Is there a configuration to work with? One that was named counts, so that a slip in its name is told and not passed over. */
export function hasConfiguration({ config }: Pick<GlobalOptions, "config">): boolean {
  return config !== "cosell.yaml" || existsSync(config);
}
