import type { Explanation, RuleExplanation, TargetExplanation } from "@cosell/core";
import type { Example } from "../mapping/example.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { place } from "./mapping-place.ts";
import { counted, shortValue } from "./value.ts";

/** More of a table's rows than these say nothing more. */
const fewRows = 12;

/** Everything about one field, for a person. */
export function renderExplanation(terminal: Terminal, explanation: Explanation, example: Example | undefined): string {
  const { bold, yellow } = terminal.colours;
  const { side, path, rules, fields } = explanation;
  const outbound = rules.filter(({ direction }) => direction === "outbound");
  const inbound = rules.filter(({ direction }) => direction === "inbound");
  return [
    bold(`${path}  (${side === "target" ? "AWS" : "CRM"})`),
    rules.length === 0 ? yellow(noRule(explanation)) : "",
    ruleSection(terminal, "From the CRM to AWS", outbound),
    ruleSection(terminal, "From AWS to the CRM", inbound),
    ...fields.map((field) => renderField(terminal, field)),
    example === undefined ? "" : renderExample(terminal, example),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function noRule({ side, fields }: Explanation): string {
  if (side === "crm") return "No rule uses this field.";
  const leftOut = fields[0]?.leftOut;
  return leftOut === undefined ? "No rule reads or writes it." : `Left out (${place(leftOut.at)}): ${leftOut.reason}`;
}

function ruleSection(terminal: Terminal, title: string, rules: readonly RuleExplanation[]): string {
  if (rules.length === 0) return "";
  return [terminal.colours.bold(title), ...rules.map((rule) => renderRule(terminal, rule, rules))].join("\n");
}

function renderRule({ colours }: Terminal, rule: RuleExplanation, rules: readonly RuleExplanation[]): string {
  const { table } = rule;
  // The sources are told once: not where they are the value, and by the rules inside where there are such.
  const holdsOthers = rules.some(
    ({ target }) => target.startsWith(`${rule.target}.`) || target.startsWith(`${rule.target}[].`),
  );
  const sources = rule.sources.join(", ");
  return block([
    [rule.target, colours.dim(place(rule.rule))],
    ["  value", rule.value],
    ["  sources", holdsOthers || sources === rule.value ? undefined : sources],
    ["  only when", rule.when],
    ["  steps", rule.steps.join(" → ")],
    ["  table", table && `${table.name} ${colours.dim(place(table.at))}`],
    ...(table?.rows.slice(0, fewRows).map(({ from, to }): Line => ["", `${from} → ${to}`]) ?? []),
    [
      "",
      table && table.rows.length > fewRows ? `… and ${counted(table.rows.length - fewRows, "more row")}` : undefined,
    ],
    ["", table && `anything else → ${table.otherwise}`],
    ["  default", rule.default],
    ["  required", rule.required ? "yes: a deal without it is held" : undefined],
    ["  written", rule.write === "always" ? undefined : writes[rule.write]],
  ]);
}

const writes = { once: "at creation only", "if-empty": "only where the other side has none" } as const;

function renderField({ colours }: Terminal, { field, itemField, authority, locks, needs }: TargetExplanation): string {
  const states = Map.groupBy(locks, ({ lock, reason }) => (reason === undefined ? lock : `${lock}: ${reason}`));
  const plainPath = field.path.replaceAll("[]", "");
  return block([
    [colours.bold(`AWS: ${plainPath}`), undefined, true],
    ["  type", limitsOf(field)],
    ["  of", itemField && limitsOf(itemField)],
    ["  values", valuesOf(itemField ?? field)],
    ["  personal", (itemField ?? field).sensitive ? "yes: its value is kept out of messages" : undefined],
    ["  sent by", field.calls.length > 0 ? field.calls.map((call) => calls[call]).join(", ") : undefined],
    ["  on conflict", field.calls.length > 0 ? authorities[authority] : undefined],
    ...needs.map(({ purpose, conditional, message, path }): Line => [
      `  to ${purpose}`,
      `${conditional ? "sometimes: " : ""}${message}${path === plainPath ? "" : ` (${path})`}`,
    ]),
    ...[...states].map(([words, entries], index): Line => [
      index === 0 ? "  review" : "",
      `${entries.map(({ state }) => state).join(", ")} – ${words}`,
    ]),
  ]);
}

const calls = {
  create: "CreateOpportunity",
  update: "UpdateOpportunity",
  associate: "AssociateOpportunity",
  assign: "AssignOpportunity",
  submit: "StartEngagementFromOpportunityTask",
} as const;

const authorities = {
  crm: "the CRM's value wins",
  aws: "AWS's value wins",
  ask: "a person chooses",
} as const;

function limitsOf(field: TargetExplanation["field"]): string {
  const { type, minLength, maxLength, minItems, maxItems, format, pattern, required } = field;
  const range = (least: number | undefined, most: number | undefined, what: string): string | undefined => {
    if ((least ?? 0) === 0 && most === undefined) return undefined;
    return most === undefined
      ? `at least ${least ?? 0} ${what}`
      : `${(least ?? 0) === 0 ? "at most" : `${least} to`} ${most} ${what}`;
  };
  return [
    type,
    format === undefined || format === "text" ? undefined : format,
    range(minLength, maxLength, "characters"),
    range(minItems, maxItems, "items"),
    pattern === undefined ? undefined : `of the form ${pattern}`,
    required ? "required wherever what it is in is sent" : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function valuesOf({ values }: TargetExplanation["field"]): string | undefined {
  if (values === undefined) return undefined;
  const shown = values.length <= 40 ? values : values.slice(0, fewRows);
  return `${shown.join(", ")}${shown.length < values.length ? `, … (${values.length})` : ""}`;
}

function renderExample({ colours }: Terminal, { sample, read, sent, issues }: Example): string {
  return block([
    [colours.bold(`Example: ${sample}`), undefined, true],
    ...read.map(({ path, value }): Line => [`  ${path}`, shortValue(value)]),
    ...sent.map(({ path, value }): Line => [`  → ${path}`, shortValue(value)]),
    ...issues.map(({ target, message }): Line => [`  → ${target}`, colours.yellow(message)]),
  ]);
}

/** A label and its text. Without a text the line is left out, unless `always`. */
type Line = readonly [label: string, text: string | undefined, always?: boolean];

/** Lines with their texts below one another. */
function block(lines: readonly Line[]): string {
  const shown = lines.filter(([, text, always]) => always === true || (text !== undefined && text !== ""));
  const labels = shown.filter(([, , always]) => always !== true).map(([label]) => label.length);
  const width = Math.max(14, ...labels);
  return shown.map(([label, text]) => (text === undefined ? label : `${label.padEnd(width)}  ${text}`)).join("\n");
}
