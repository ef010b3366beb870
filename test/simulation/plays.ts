import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Action } from "./actions.ts";
import {
  brokenIdentity,
  overwrittenWrongly,
  restless,
  tooFast,
  unexplained,
  unjournaled,
  untold,
} from "./invariants.ts";
import { watchOverwrites } from "./overwrites.ts";
import { endOf } from "./ending.ts";
import { startWorld } from "./world.ts";

/** How many histories a property plays; more in a night's run: `COSELL_SIMULATION_RUNS=100000`. */
export const runs = (usual: number): number => Number(process.env["COSELL_SIMULATION_RUNS"] ?? usual);

/** A night's run takes hours. */
export const patience = 12 * 3600 * 1000;

/** Histories that once broke an invariant. */
export function foundHistories(): readonly { readonly about: string; readonly history: readonly Action[] }[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "found.json"), "utf8")) as ReturnType<typeof foundHistories>;
}

/** Plays a history with faults and kills, then judges the invariants that hold of any one world: 1, 2, 3, 4 and 6. */
export async function violations(history: readonly Action[]): Promise<readonly string[]> {
  const overwrites = watchOverwrites();
  const world = await startWorld({ crashes: true }, overwrites.of);
  try {
    for (const action of history) await world.perform(action);
    await world.quiesce();
    return [
      ...(await brokenIdentity(world)),
      ...(await world.wanted.unwanted()),
      ...(await untold(world)),
      ...(await unexplained(world)),
      ...(await overwrittenWrongly(world, overwrites.wrong)),
      ...(await unjournaled(world, overwrites.overwritten)),
      ...(await restless(world)),
      ...tooFast(world),
    ];
  } finally {
    await world.close();
  }
}

/** Plays a history to its end, with or without its kills, and tells what both sides hold then. */
export async function ending(history: readonly Action[], crashes: boolean): Promise<unknown> {
  const world = await startWorld({ crashes }, watchOverwrites().of);
  try {
    for (const action of history) await world.perform(action);
    await world.quiesce();
    return endOf(world);
  } finally {
    await world.close();
  }
}
