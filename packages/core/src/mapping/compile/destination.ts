import type { Rule } from "../document.ts";
import { pathsOf } from "../rule-paths.ts";
import type { Place } from "./assemble.ts";
import type { Context, Destination } from "./context.ts";

/** Where a rule's value goes: its field in the model, and how issues speak of it. */
export function destinationOf(rule: Rule, place: Place, context: Context): Destination {
  const name = place.name + rule.target.text;
  const modelPath = place.modelPath + rule.target.text;
  const field = context.fields.get(modelPath);
  const itemField = context.fields.get(`${modelPath}[]`);
  const sources = pathsOf(rule.body, context.scope).flatMap(({ source, role }) => (role === "value" ? [source] : []));
  const sensitive = field?.sensitive === true || itemField?.sensitive === true;
  return {
    name,
    modelPath,
    field,
    itemField,
    site: { target: name, sources: [...new Set(sources)], rule: rule.target.at, sensitive },
  };
}
