import type { Condition, Constant, Literal, RuleBody, Source, StepCall } from "../document.ts";

/** A condition in one line: `StageName not in [Closed Won, Closed Lost]`. */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case "all":
    case "any": {
      const word = condition.kind === "all" ? " and " : " or ";
      return condition.of
        .map((part) => (part.kind === "test" ? conditionWords(part) : `(${conditionWords(part)})`))
        .join(word);
    }
    case "not":
      return `not (${conditionWords(condition.of)})`;
    case "test": {
      const { comparison, operands } = condition;
      const values = operands.map(({ text }) => text).join(", ");
      const path = condition.path.text;
      if (comparison === "exists") return values === "true" ? `${path} has a value` : `${path} has no value`;
      const list = comparison === "in" || comparison === "notIn";
      return `${path} ${comparisons[comparison]} ${list ? `[${values}]` : values}`;
    }
  }
}

const comparisons = { eq: "is", ne: "is not", in: "is in", notIn: "is not in", gt: ">", gte: ">=", lt: "<", lte: "<=" };

/** Where a value comes from, in a few words. What is inside lists and structures is told by the rules inside. */
export function sourceWords(source: Source): string {
  switch (source.verb) {
    case "from":
      return source.paths.map(({ text }) => text).join(", else ");
    case "const":
      return `always ${constantWords(source.constant)}`;
    case "template":
      return `"${source.parts.map((part) => (part.kind === "text" ? part.text : `{${part.path.text}}`)).join("")}"`;
    case "choose":
      return source.options.map(bodyWords).join("; else ");
    case "each":
      return `one item for each of ${source.path.text}`;
    case "list":
      return `a list of ${source.items.length} item${source.items.length === 1 ? "" : "s"}`;
    case "fields":
      return "several fields";
  }
}

/** A rule without its target, in one line. */
export function bodyWords({ when, source, steps, table, default: fallback }: RuleBody): string {
  return [
    ...(when ? [`when ${conditionWords(when)}:`] : []),
    sourceWords(source),
    ...(steps.length > 0 ? [`→ ${steps.map(stepWords).join(" → ")}`] : []),
    ...(table ? [`→ table ${table.text}`] : []),
    ...(fallback ? [`(default ${constantWords(fallback)})`] : []),
  ].join(" ");
}

/** `truncate 255`, `phone country: Account.BillingCountry`. */
export function stepWords({ name, arguments: given }: StepCall): string {
  const words = given.map(({ name: argument, argument: value }) => {
    const text = value.kind === "path" ? value.path.text : quoted(value.literal);
    return argument.text === "value" ? text : `${argument.text}: ${text}`;
  });
  return [name.text, ...words].join(" ");
}

/** A constant as it is written. */
export function constantWords(constant: Constant): string {
  return constant.kind === "one" ? constant.literal.text : `[${constant.items.map(({ text }) => text).join(", ")}]`;
}

/** Separators are hard to see without quotes. */
const quoted = ({ text }: Literal): string => (/^[\w.-]+$/u.test(text) ? text : JSON.stringify(text));
