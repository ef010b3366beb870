import type { Rule } from "../document.ts";
import { bodiesOf } from "../rule-bodies.ts";
import type { CheckContext } from "./context.ts";
import { parentsOf } from "./mapped-paths.ts";

/** No target twice: neither by its own name nor inside a target above it. */
export function checkOverlaps({ document, report }: CheckContext): void {
  for (const rules of [document.outbound, ...document.outbound.flatMap(innerRules)]) checkSiblings(rules, report);
}

/** The rules of every object that is made inside a rule. */
function innerRules({ body }: Rule): readonly (readonly Rule[])[] {
  return bodiesOf(body).flatMap(({ source }) => {
    switch (source.verb) {
      case "fields":
      case "each":
        return [source.fields];
      case "list":
        return source.items.flatMap((item) => (item.kind === "object" ? [item.fields] : []));
      case "from":
      case "const":
      case "template":
      case "choose":
        return [];
    }
  });
}

function checkSiblings(rules: readonly Rule[], report: CheckContext["report"]): void {
  const lines = new Map(rules.map(({ target }) => [target.text, target.at.line]));
  for (const { target } of rules)
    for (const parent of parentsOf(target.text)) {
      const line = lines.get(parent);
      if (line === undefined) continue;
      const message = `${target.text} is mapped by the rule for ${parent} (line ${line}) already.`;
      report(target.at, { code: "overlapping-targets", message });
    }
}
