import type { TargetModel, TargetState } from "@cosell/core";

/** A state for which locks are told. */
interface NamedState {
  readonly name: string;
  readonly state: TargetState;
}

/** AWS has approved it, and it is open: the state in which most deals are for most of their time. */
export const approved: TargetState = { reviewStatus: "Approved", stage: "Qualified", origin: "Partner Referral" };

/** Every review status that AWS knows, for an open deal, and launched, which comes after all. */
export function reviewStates({ readable }: TargetModel): readonly NamedState[] {
  const statuses = readable.get("LifeCycle.ReviewStatus")?.values ?? [];
  return [
    ...statuses.map((name) => ({ name, state: { ...approved, reviewStatus: name } })),
    { name: "Approved, launched", state: { ...approved, stage: "Launched" } },
  ];
}
