import { describe, expect, it } from "@jest/globals";
import { findingCodes } from "@cosell/core";
import { authority } from "./authority.ts";
import { awsFields } from "./aws-fields.ts";
import { conditions } from "./conditions.ts";
import { crmFields } from "./crm-fields.ts";
import { asExpected, base, findAll, textOf } from "./find-mistakes.ts";
import { form } from "./form.ts";
import { inbound } from "./inbound.ts";
import type { Mistake } from "./mistake.ts";
import { invitations } from "./invitations.ts";
import { overlays } from "./overlays.ts";
import { steps } from "./steps.ts";
import { submission } from "./submission.ts";
import { tables } from "./tables.ts";
import { types } from "./types.ts";
import { values } from "./values.ts";
import { yamlTraps } from "./yaml-traps.ts";

describe("a mapping without a mistake", () => {
  it("has no findings", () => {
    expect(findAll(base)).toEqual([]);
  });
});

const themes: readonly (readonly [string, readonly Mistake[]])[] = [
  ["YAML", yamlTraps],
  ["form", form],
  ["CRM fields", crmFields],
  ["AWS's fields", awsFields],
  ["types", types],
  ["steps", steps],
  ["values", values],
  ["tables", tables],
  ["conditions", conditions],
  ["inbound", inbound],
  ["authority", authority],
  ["submission", submission],
  ["overlays", overlays],
  ["invitations", invitations],
];

/** Golden cases have mistakes of their own. */
const elsewhere = ["duplicate-name"];

it("there is a planted mistake for every code that a finding can have", () => {
  const planted = themes.flatMap(([, mistakes]) =>
    mistakes.flatMap(({ findings }) => findings.map(({ code }) => code)),
  );
  expect(new Set([...planted, ...elsewhere])).toEqual(new Set(Object.keys(findingCodes)));
});

describe.each(themes)("a mistake with %s is found where it stands, and nothing else is:", (_theme, mistakes) => {
  it.each(mistakes.map((mistake) => [mistake.name, mistake] as const))("%s", (_name, mistake) => {
    const found = findAll(textOf(mistake), mistake.files);
    expect(mistake.findings).not.toEqual([]);
    expect(found.map(asExpected)).toEqual(mistake.findings);
  });
});
