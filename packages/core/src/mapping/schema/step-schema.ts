import { steps } from "../steps/index.ts";
import { type StepArgumentDefinition, type StepDefinition, stepDefinitions } from "./definitions/step-definitions.ts";
import { described } from "./described.ts";
import { closed, type JsonSchema, mapValues, reference } from "./json-schema.ts";
import { path } from "./value-schema.ts";

/** Functions of connectors, which nobody knows here: no step has a dot in its name. */
const functionName = "^[\\w-]+(\\.[\\w-]+)+$";

/** The definition of one step of `steps`: its name, or its name with its argument. */
export function stepDefinitionsSchema(): Readonly<Record<string, JsonSchema>> {
  const known = Object.entries(stepDefinitions).map(([name, definition]) => ({
    name,
    definition,
    needs: Object.entries(steps.get(name)?.arguments ?? {}),
  }));
  const bare = known.filter(({ needs }) => needs.every(([, need]) => need === "optional"));
  const called = known.filter(({ needs }) => needs.length > 0);
  return {
    step: {
      oneOf: [
        {
          ...closed(Object.fromEntries(called.map(({ name, ...step }) => [name, argumentsSchema(step)]))),
          patternProperties: { [functionName]: {} },
          minProperties: 1,
          maxProperties: 1,
        },
        ...bare.map(({ name, definition }) => described(definition, { type: "string", const: name })),
        { type: "string", pattern: functionName },
      ],
    },
    argumentPath: { title: "{ from: path }", ...closed({ from: path }), required: ["from"] },
  };
}

function argumentsSchema({
  definition,
  needs,
}: {
  readonly definition: StepDefinition;
  readonly needs: readonly (readonly [string, "required" | "optional"])[];
}): JsonSchema {
  const { value: unnamed, ...named } = definition.arguments ?? {};
  if (unnamed !== undefined)
    return described({ summary: `${definition.summary} Argument: ${unnamed.summary}` }, argumentSchema(unnamed));
  const required = needs.flatMap(([name, need]) => (need === "required" ? [name] : []));
  return described(definition, {
    ...closed(mapValues(named, (argument) => described(argument, argumentSchema(argument)))),
    ...(required.length > 0 && { required }),
  });
}

function argumentSchema({ type }: StepArgumentDefinition): JsonSchema {
  return { anyOf: [{ type: type === "number" ? "number" : ["string", "number"] }, reference("argumentPath")] };
}
