import { authorities } from "../definitions/authorities.ts";
import { comparisons, joiners } from "../definitions/conditions.ts";
import type { ShownDefinition } from "../definitions/definition.ts";
import { crmKeys, fileKeys, invitationKeys, linkKeys } from "../definitions/file-keys.ts";
import { bodyKeys, ruleOnlyKeys, writes } from "../definitions/rule-keys.ts";
import { missPolicies, tableKeys } from "../definitions/table-keys.ts";
import { verbs } from "../definitions/verbs.ts";
import { blocks, code, json, meanings, table } from "./markdown.ts";
import { showExample } from "./show-example.ts";

/** What stands at the top of a file. */
export function fileSection(): string {
  const needs = { always: "yes", opportunity: "for opportunities" } as const;
  return blocks(
    "## The file",
    table(
      ["Key", "Needed", "In an invitation's", "What it says"],
      Object.entries(fileKeys).map(([key, { form, needed, summary }]) => [
        code(form),
        needed === undefined ? "" : needs[needed],
        key in invitationKeys ? "yes" : "",
        summary,
      ]),
    ),
    "A mapping that `extends` another needs only what it changes.",
    meanings("`crm` holds", crmKeys),
    meanings("`link` holds", linkKeys),
    meanings("`authority` is, by AWS path", authorities),
  );
}

/** Verbs, and what goes with them. */
export function ruleSection(): string {
  return blocks(
    "## Rules",
    "A rule under `outbound` stands under the AWS path that it writes, a rule under `inbound` under the CRM field. It has exactly one verb. The order of work is: `when`, the verb, `steps`, `table`, `default`. An inbound rule holds one value: `list`, `each` and `fields` are for `outbound`.",
    "### Verbs",
    ...Object.entries(verbs).map(shown),
    "### With a verb",
    ...Object.entries({ ...bodyKeys, ...ruleOnlyKeys }).map(shown),
    meanings("`write` is", writes),
  );
}

/** Conditions. */
export function conditionSection(): string {
  return blocks(
    "## Conditions",
    "`match` and `when` hold conditions. What stands side by side must all hold.",
    table(
      ["Word", "Holds when", "Example", "Holds for", "Not for"],
      Object.entries({ ...comparisons, ...joiners }).map(([word, { summary, condition, holds, fails }]) => [
        code(word),
        summary,
        code(condition),
        json(holds),
        json(fails),
      ]),
    ),
  );
}

/** Value tables. */
export function tableSection(): string {
  return blocks(
    "## Tables",
    meanings("A table holds", tableKeys),
    ...Object.values(missPolicies).map(({ form, summary, example }) =>
      blocks(`### ${code(form)}`, summary, showExample(example)),
    ),
  );
}

function shown([word, { summary, example }]: readonly [string, ShownDefinition]): string {
  return blocks(`#### ${code(word)}`, summary, showExample(example));
}
