import { steps } from "../../steps/index.ts";
import { stepDefinitions } from "../definitions/step-definitions.ts";
import { blocks, code, json, table } from "./markdown.ts";

/** Every step. */
export function stepSection(): string {
  return blocks(
    "## Steps",
    "A step is a name, or a name with its argument: a value, or `{ from: path }`, which is read from the record. A connector may add functions of its own, which are called like steps (`acme.initials`), and whose arguments are checked as a step's are.",
    table(
      ["Step", "Takes → gives", "What it makes of a value", "Argument", "Example"],
      Object.entries(stepDefinitions).map(([name, { summary, arguments: described = {}, example }]) => {
        const step = steps.get(name);
        const needs = step?.arguments ?? {};
        const given = Object.entries(described).map(([argument, definition]) => {
          const label = argument === "value" ? "" : `${code(argument)}: `;
          return `${label}${definition.summary}${needs[argument] === "required" ? " Needed." : ""}`;
        });
        return [
          code(name),
          step === undefined ? "" : `${step.takes} → ${step.gives}`,
          summary,
          given.join("<br>"),
          `${code(example.call)}<br>${json(example.given)} → ${json(example.gives)}`,
        ];
      }),
    ),
  );
}
