import { FailureError } from "@cosell/connector";

/** A power cut that comes at one call, and after which nothing works any more. */
export interface PowerCut {
  /** The same object, on the endangered circuit. Methods that answer at once, or page by page, are left alone. */
  wire<Wired extends object>(target: Wired): Wired;
  /** Did it come? */
  happened(): boolean;
}

/** Methods that answer at once, or page by page. */
const unwired: ReadonlySet<PropertyKey> = new Set([
  ...["canonicalRef", "recordUrl", "tokens", "listOpportunities", "listSolutions"],
  ...["links", "dirtyLinks", "unsettled", "failures", "exportLines"],
]);

/** Cuts the power at the `nth` awaited call: before it takes effect, or right after. */
export function powerCut(nth: number, when: "before" | "after"): PowerCut {
  let left = nth;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new FailureError({ kind: "aborted", message: "The power went out." });
  };
  return {
    happened: () => dead,
    wire: (target) =>
      new Proxy(target, {
        get: (object, name, receiver): unknown => {
          const member: unknown = Reflect.get(object, name, receiver);
          if (typeof member !== "function") return member;
          if (unwired.has(name)) return member.bind(object) as unknown;
          return (...given: readonly unknown[]): unknown => {
            if (dead) die();
            left -= 1;
            if (left === 0 && when === "before") die();
            const result: unknown = Reflect.apply(member, object, given);
            return left === 0 ? Promise.resolve(result).then(die) : result;
          };
        },
      }),
  };
}
