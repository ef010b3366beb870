import { operationOf, validateOutput } from "@cosell/partner-central/model";
import type { JsonObject } from "../kernel/index.ts";
import { withValue } from "../partner-central-shared/paths.ts";

const answers = { Opportunity: "GetOpportunity", AwsOpportunitySummary: "GetAwsOpportunitySummary" } as const;
/** What the emulator itself keeps. */
const kept = ["Id", "Arn", "Catalog", "CreatedDate", "LastModifiedDate", "RelatedOpportunityId"];

/**
 * Throws a RangeError when an edit names what is not there, or gives a text where the model has an object. Values outside
 * AWS's lists, and texts that are too long, are let through: AWS itself has been seen to answer with such.
 */
export function assertEdit({ object, fields }: { readonly object: string; readonly fields: JsonObject }): void {
  const operation = Object.hasOwn(answers, object) ? answers[object as keyof typeof answers] : undefined;
  if (operation === undefined) throw new RangeError(`An edit's object is one of ${Object.keys(answers).join(", ")}.`);
  for (const [path, value] of Object.entries(fields)) {
    const known = operationOf(operation)?.output.some((member) => member.path === path) ?? false;
    if (!known || kept.includes(path)) throw new RangeError(`${object} has no member ${path} that can be edited.`);
    if (value === null) continue;
    const wrong = validateOutput(operation, { status: 200, body: withValue({}, path, value) }).find(
      ({ fieldName, code }) => code === "INVALID_VALUE" && fieldName.startsWith(path),
    );
    if (wrong) throw new RangeError(`${wrong.fieldName}: ${wrong.message}`);
  }
}
