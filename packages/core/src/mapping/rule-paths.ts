import type { Condition, RuleBody, Source } from "./document.ts";
import type { Scope } from "./compile/compile-path.ts";

/** A path that a rule reads, as the record knows it, and what for. */
export interface RulePath {
  readonly source: string;
  readonly role: "value" | "condition" | "argument";
  /** As it is written, for conditions: it may name a target instead. */
  readonly text: string;
}

/** Every path that a rule reads, in order. */
export function pathsOf(body: RuleBody, scope: Scope): readonly RulePath[] {
  const argumentsRead = body.steps.flatMap((step) =>
    step.arguments.flatMap(({ argument }) => (argument.kind === "path" ? [argument.path.text] : [])),
  );
  return [
    ...(body.when ? conditionPaths(body.when, scope) : []),
    ...sourcePaths(body.source, scope),
    ...argumentsRead.map((text) => ({ source: scope.path(text, "record").source, role: "argument" as const, text })),
  ];
}

/** Every path that a condition names. */
export function conditionPaths(condition: Condition, scope: Scope): readonly RulePath[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap((part) => conditionPaths(part, scope));
    case "not":
      return conditionPaths(condition.of, scope);
    case "test": {
      const { text } = condition.path;
      return [{ source: scope.path(text, "item").source, role: "condition", text }];
    }
  }
}

function sourcePaths(source: Source, scope: Scope): readonly RulePath[] {
  const values = (texts: readonly string[]) =>
    texts.map((text) => ({ source: scope.path(text, "item").source, role: "value" as const, text }));
  switch (source.verb) {
    case "const":
      return [];
    case "from":
      return values(source.paths.map(({ text }) => text));
    case "template":
      return values(source.parts.flatMap((part) => (part.kind === "path" ? [part.path.text] : [])));
    case "choose":
      return source.options.flatMap((option) => pathsOf(option, scope));
    case "fields":
      return source.fields.flatMap(({ body }) => pathsOf(body, scope));
    case "list":
      return source.items.flatMap((item) =>
        item.kind === "value"
          ? pathsOf(item.body, scope)
          : [
              ...(item.when ? conditionPaths(item.when, scope) : []),
              ...item.fields.flatMap(({ body }) => pathsOf(body, scope)),
            ],
      );
    case "each": {
      const items = scope.within(scope.path(source.path.text, "item"));
      return source.fields.flatMap(({ body }) => pathsOf(body, items));
    }
  }
}
