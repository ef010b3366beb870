import { authority } from "../mistakes/authority.ts";
import { awsFields } from "../mistakes/aws-fields.ts";
import { conditions } from "../mistakes/conditions.ts";
import { crmFields } from "../mistakes/crm-fields.ts";
import { findAll, textOf } from "../mistakes/find-mistakes.ts";
import { form } from "../mistakes/form.ts";
import { inbound } from "../mistakes/inbound.ts";
import { invitations } from "../mistakes/invitations.ts";
import { overlays } from "../mistakes/overlays.ts";
import { steps } from "../mistakes/steps.ts";
import { submission } from "../mistakes/submission.ts";
import { tables } from "../mistakes/tables.ts";
import { types } from "../mistakes/types.ts";
import { values } from "../mistakes/values.ts";

const themes = [
  ...[authority, awsFields, conditions, crmFields, form, inbound, invitations],
  ...[overlays, steps, submission, tables, types, values],
];

/** Mappings with one planted mistake each, and the lines where the checker finds something. Broken YAML is not among them. */
export const plantedMistakes = themes.flat().map((mistake) => {
  const text = textOf(mistake);
  return { name: mistake.name, text, lines: new Set(findAll(text, mistake.files).map(({ line }) => line)) };
});
