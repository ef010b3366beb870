import type { Requirement, TargetModel } from "@cosell/core";
import { readinessRules } from "@cosell/partner-central/model";

const purposes = ["create", "submit"] as const;

/**
 * What an opportunity must have at AWS: asked of an empty one, since what is missing there is needed always; then what
 * AWS's rules ask for under a condition.
 */
export function requirementsOf(target: TargetModel): readonly Requirement[] {
  return purposes.flatMap((purpose) => {
    const empty = { purpose, opportunity: {}, related: {}, today: "2000-01-01" };
    const always = target
      .readiness(empty)
      .filter(({ code }) => code === "missing")
      .map(({ path, message }) => ({ path, purpose, conditional: false, message }));
    const conditional = readinessRules
      .filter((rule) => rule.code === "missing" && rule.purposes.includes(purpose))
      .filter(({ path }) => !always.some((known) => known.path === path))
      .map(({ path, message }) => ({ path, purpose, conditional: true, message }));
    return [...always, ...conditional];
  });
}
