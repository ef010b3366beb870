import type { JsonValue } from "@cosell/connector";
import { failed, type Outcome, type Run } from "./run.ts";

/** Works on one value; `index` is its place in a list, `undefined` where it stands alone. */
export type OnItem = (value: JsonValue, run: Run, index: number | undefined) => Outcome;

/** Does to every item of a list what it does to one value. Items without a result are left out; a list without any is none. */
export function eachItem(one: OnItem): (value: JsonValue, run: Run) => Outcome {
  return (value, run) => {
    if (!Array.isArray(value)) return one(value, run, undefined);
    const kept: JsonValue[] = [];
    let failures = 0;
    for (let index = 0; index < value.length; index += 1) {
      const result = one(value[index] as JsonValue, run, index);
      if (result === failed) failures += 1;
      else if (result !== undefined) kept.push(result);
    }
    return kept.length > 0 ? kept : failures > 0 ? failed : undefined;
  };
}
