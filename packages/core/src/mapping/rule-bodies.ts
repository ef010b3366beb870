import type { RuleBody } from "./document.ts";

/** A rule's body, and every body inside it. */
export function bodiesOf(body: RuleBody): readonly RuleBody[] {
  return [body, ...innerBodies(body).flatMap(bodiesOf)];
}

function innerBodies({ source }: RuleBody): readonly RuleBody[] {
  switch (source.verb) {
    case "choose":
      return source.options;
    case "each":
    case "fields":
      return source.fields.map((rule) => rule.body);
    case "list":
      return source.items.flatMap((item) => (item.kind === "value" ? item.body : item.fields.map((rule) => rule.body)));
    case "from":
    case "const":
    case "template":
      return [];
  }
}
