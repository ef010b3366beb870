import { editAtAws, editSummary, recordsIn } from "./aws-people.ts";
import type { StoryDeal } from "./story-crm.ts";
import type { LostValue, Story } from "./story.ts";

/** Both sides write one field; which one loses is known beforehand. */
interface Clash {
  readonly path: string;
  readonly crm: (value: string) => Partial<StoryDeal>;
}

const comments: Clash = { path: "Project.AdditionalComments", crm: (comments) => ({ comments }) };
const closeDate: Clash = { path: "LifeCycle.TargetCloseDate", crm: (closeDate) => ({ closeDate }) };
const nextSteps: Clash = { path: "LifeCycle.NextSteps", crm: (nextSteps) => ({ nextSteps }) };

const day = (number: number): string => new Date(Date.UTC(2035, 6, 1 + (number % 150))).toISOString().slice(0, 10);

/** Sellers change approved deals, each in its own way. */
export function editApprovedInCrm(story: Story): void {
  const { crm } = story.world;
  const each = (of300: number, change: (number: number) => Partial<StoryDeal>): void => {
    for (const ref of story.draw.take(story.calm, story.part(of300))) crm.edit(ref, change(story.count()));
  };
  each(9, (n) => ({ nextSteps: `Agree on step ${n}` }));
  each(9, (n) => ({ monthlySpend: 9000 + n }));
  each(5, () => ({ monthlySpend: null }));
  each(7, () => ({ stage: "Committed" }));
  each(7, (n) => ({ comments: `The customer prefers mornings, ${n}` }));
  each(3, () => ({ comments: null }));
  each(5, () => ({ solutions: ["S-0001112", "S-0001113"] }));
  each(5, (n) => ({ title: `Another name ${n}`, nextSteps: `And another step ${n}` }));
  each(5, (n) => ({ problem: `Nobody may change this once it is approved, ${n}.` }));
  each(5, () => ({ stage: "Launched" }));
  each(5, () => ({ stage: "Closed Lost", lossReason: "Price" }));
  for (const account of story.draw.take([...story.accounts], story.part(5))) crm.moveAccount(account, "Seattle");
}

/** AWS's people, and the partner's in Partner Central, change others. What the CRM decides about is put back. */
export async function editApprovedAtAws(story: Story): Promise<void> {
  const each = (
    of300: number,
    path: string,
    value: (number: number) => string,
  ): readonly (readonly [string, string])[] =>
    story.draw.take(story.calm, story.part(of300)).map((ref) => {
      const written = value(story.count());
      editAtAws(story, ref, { [path]: written });
      return [ref, written];
    });
  each(8, "LifeCycle.TargetCloseDate", day);
  each(6, "LifeCycle.NextSteps", (n) => `AWS prepares funding, item ${n}`);
  each(5, "LifeCycle.Stage", () => "Business Validation");
  each(3, "LifeCycle.Stage", () => "Technical Validation");
  each(3, "Project.Title", (n) => `Typed over the title ${n}`);
  const facts = new Map((await story.world.crm.facts()).map((record) => [record.ref, record]));
  for (const [crmRef, lost] of each(6, "Project.AdditionalComments", (n) => `Typed over the comments ${n}`)) {
    const stands = facts.get(crmRef)?.sent["Project.AdditionalComments"];
    // Where the CRM has nothing there is nothing to put back.
    if (typeof stands === "string") story.lost.push({ crmRef, path: "Project.AdditionalComments", lost, stands });
  }
  for (const ref of story.draw.take(story.calm, story.part(9))) editSummary(story, ref, "Technical Validation");
}

/** Both sides write one field between two syncs. Returns the deals for which a person must choose. */
export function clash(story: Story): readonly LostValue[] {
  const { crm } = story.world;
  const each = (of300: number, { path, crm: fields }: Clash, value: (side: string) => string): readonly LostValue[] =>
    story.draw.take(story.calm, story.part(of300)).map((crmRef) => {
      const [ours, theirs] = [value("ours"), value("theirs")];
      crm.edit(crmRef, fields(ours));
      editAtAws(story, crmRef, { [path]: theirs });
      return { crmRef, path, lost: theirs, stands: ours };
    });
  const byDay = (): string => day(story.count());
  const said = (side: string): string => `${side} ${story.count()}`;
  story.lost.push(...each(5, comments, said));
  story.lost.push(...each(5, closeDate, byDay).map((one) => ({ ...one, lost: one.stands, stands: one.lost })));
  return each(9, nextSteps, said);
}

/** A person answers two of three conflicts, for the one side or the other. */
export async function answerConflicts(story: Story, conflicts: readonly LostValue[]): Promise<void> {
  const { store } = story.world;
  for (const [index, { crmRef, path, lost, stands }] of conflicts.entries()) {
    if (index % 3 === 2) continue;
    const take = index % 3 === 0 ? "crm" : "aws";
    const link = await store.linkByCrmRef("opportunities", crmRef);
    const answered = await store.answer(link?.id ?? "", [{ path, take }]);
    if (answered.length === 0) throw new Error(`seed ${story.world.seed}: ${crmRef} has no conflict at ${path}`);
    story.lost.push(take === "crm" ? { crmRef, path, lost, stands } : { crmRef, path, lost: stands, stands: lost });
  }
}

const standings = [
  ...["Pending Submission", "Submitted", "In review", "Action Required", "Rejected"],
  ...["Launched", "Closed Lost"],
];

/** Both sides go on working on drafts, on deals that AWS reviews, has sent back or has rejected, and on closed ones. */
export function editInEveryStatus(story: Story): void {
  const { crm } = story.world;
  for (const status of standings) {
    const refs = [...recordsIn(story, status)].filter((ref) => !story.stopped.has(ref));
    for (const ref of story.draw.take(refs, story.part(6))) {
      crm.edit(ref, { nextSteps: `While it is ${status}, ${story.count()}`, monthlySpend: 7000 + story.count() });
    }
    for (const ref of story.draw.take(refs, story.part(4))) {
      editAtAws(story, ref, { "LifeCycle.NextSteps": `AWS wrote while it is ${status}, ${story.count()}` });
    }
    for (const ref of story.draw.take(refs, story.part(2))) {
      crm.edit(ref, { nextSteps: `Ours while it is ${status}, ${story.count()}` });
      editAtAws(story, ref, { "LifeCycle.NextSteps": `Theirs while it is ${status}, ${story.count()}` });
    }
  }
}

/** Sellers answer AWS's reviewer on most deals that were sent back. */
export function answerReviewer(story: Story): void {
  for (const [index, ref] of recordsIn(story, "Action Required").entries()) {
    if (index % 4 === 3) continue;
    story.world.crm.edit(ref, {
      problem: `The customer's orders stop at the end of each quarter, case ${story.count()}.`,
    });
  }
}
