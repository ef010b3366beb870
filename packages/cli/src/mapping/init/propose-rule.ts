import type { CrmFieldType } from "@cosell/connector";
import type { TargetField, TargetModel } from "@cosell/core";
import type { CrmCandidate } from "./crm-candidates.ts";
import { proposeTable, speaksAws, type TableSkeleton } from "./propose-table.ts";
import { scalar, todo } from "./yaml-words.ts";

/** A rule that fills one target from one CRM field. */
export interface ProposedRule {
  readonly target: string;
  /** The rule, as YAML behind its key. */
  readonly body: string;
  readonly comment?: string;
  readonly table?: TableSkeleton;
}

const textual: readonly CrmFieldType[] = ["id", "string", "text", "html", "email", "phone", "url", "picklist"];
const numeric: readonly CrmFieldType[] = ["integer", "decimal", "currency", "percent"];

/** Can a field of the CRM hold what the target takes at all? */
export function fits({ type }: CrmCandidate["field"], target: TargetField): boolean {
  if (target.type === "list") return type === "multipicklist" || type === "string" || type === "text";
  if (target.format === "date" || target.format === "timestamp") return type === "date" || type === "datetime";
  if (target.format === "decimal" || target.type === "number" || target.type === "integer")
    return numeric.includes(type);
  return target.type === "boolean" ? type === "boolean" : textual.includes(type);
}

/** Writes the rule from a CRM field to a target: the steps that the two types ask for, and a table where their values differ. */
export function proposeRule(
  { path, field }: CrmCandidate,
  target: TargetField,
  model: TargetModel,
  options: { readonly country?: string | undefined } = {},
): ProposedRule {
  const itemField = model.writable.get(`${target.path}[]`);
  const values = (itemField ?? target).values;
  const byStep = values !== undefined && stepsByName[lastOf(target.path)] !== undefined;
  const steps = stepsFor({ field, path }, target, options.country);
  const needsTable = values !== undefined && !byStep && field.picklist !== undefined && !speaksAws(field, values);
  const table = needsTable ? proposeTable(tableName(target.path), field, values) : undefined;
  const parts = [
    `from: ${path}`,
    ...(steps.length > 0 ? [`steps: [${steps.join(", ")}]`] : []),
    ...(table ? [`table: ${table.name}`] : []),
  ];
  const unsure = values !== undefined && !byStep && field.picklist === undefined;
  return {
    target: target.path,
    body: `{ ${parts.join(", ")} }`,
    ...(table && { table }),
    ...(unsure && { comment: todo(`${field.name} must hold AWS's values; else add a table.`) }),
  };
}

/** Fields that a step of their own translates. */
const stepsByName: Readonly<Record<string, string>> = {
  CountryCode: "country",
  StateOrRegion: "state",
  Email: "lower",
};

function stepsFor(
  { field }: Pick<CrmCandidate, "field" | "path">,
  target: TargetField,
  country: string | undefined,
): readonly string[] {
  const name = lastOf(target.path);
  if (target.type === "list") return [`{ split: ";" }`];
  if (target.format === "date") return ["date"];
  if (target.format === "decimal") return ["{ decimal: 2 }"];
  if (name === "Phone")
    return [
      country === undefined ? "{ phone: { country: US } }" : `{ phone: { country: { from: ${scalar(country)} } } }`,
    ];
  const own = stepsByName[name];
  if (own !== undefined) return [own];
  const { maxLength, values } = target;
  const mayBeLonger = maxLength !== undefined && values === undefined && (field.length ?? Infinity) > maxLength;
  return [...(field.type === "html" ? ["html-to-text"] : []), ...(mayBeLonger ? [`{ truncate: ${maxLength} }`] : [])];
}

/** `LifeCycle.ClosedLostReason` → `closedLostReason`. */
function tableName(path: string): string {
  const last = lastOf(path);
  return last.charAt(0).toLowerCase() + last.slice(1);
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
