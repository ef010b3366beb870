import type { JsonValue } from "@cosell/connector";
import { failed, type Outcome, type Run } from "./run.ts";

/** Works on one value; `place` is where it stands in a list, `[2]`, or empty. */
export type OnItem = (value: JsonValue, run: Run, place: string) => Outcome;

/** Does to every item of a list what it does to one value. Items without a result are left out; a list without any is none. */
export function eachItem(one: OnItem): (value: JsonValue, run: Run) => Outcome {
  return (value, run) => {
    if (!Array.isArray(value)) return one(value, run, "");
    const results = value.map((item: JsonValue, index) => one(item, run, `[${index}]`));
    const kept = results.filter((result) => result !== undefined && result !== failed);
    return kept.length > 0 ? kept : results.includes(failed) ? failed : undefined;
  };
}
