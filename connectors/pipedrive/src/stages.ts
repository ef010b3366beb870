import { z } from "zod";
import { allEntries } from "./pages.ts";
import type { FieldOption } from "./fields.ts";
import type { Session } from "./session.ts";

/** Stages and pipelines as choices: people know their names, records hold their ids. */
export interface StageChoices {
  /** Where a deal can stand: the stages by their ids, then won and lost, in which it stands in no stage any more. */
  readonly stages: readonly FieldOption[];
  readonly pipelines: readonly FieldOption[];
}

export type Stages = () => Promise<StageChoices>;

const pipeline = z.object({ id: z.number(), name: z.string(), is_deleted: z.boolean().nullish() });
const stage = z.object({
  id: z.number(),
  name: z.string(),
  pipeline_id: z.number(),
  order_nr: z.number().nullish(),
  is_deleted: z.boolean().nullish(),
});

/** Asks for both lists. */
export function keepStages(session: Session): Stages {
  return async () => {
    const pipelines = await allEntries(session, ({ pipelines }, page) => pipelines.getPipelines(page));
    const stages = await allEntries(session, ({ stages }, page) => stages.getStages(page));
    return choicesOf(
      pipelines.map((each) => pipeline.parse(each)),
      stages.map((each) => stage.parse(each)),
    );
  };
}

/** Statuses of a closed deal. Its stage is the one in which it was closed. */
const closed = ["won", "lost"];

/**
 * Two pipelines may have stages of one name. The oldest pipeline's stages go by their name alone, all others' by pipeline
 * and name: so a pipeline that is added changes no name that mappings already use. A stage that is called as a status goes by both too.
 */
function choicesOf(
  pipelines: readonly z.output<typeof pipeline>[],
  stages: readonly z.output<typeof stage>[],
): StageChoices {
  const first = pipelines.map(({ id }) => id).sort((one, other) => one - other)[0];
  const nameOf = (id: number): string => pipelines.find((each) => each.id === id)?.name ?? String(id);
  const ordered = [...stages].sort(
    (one, other) => one.pipeline_id - other.pipeline_id || (one.order_nr ?? 0) - (other.order_nr ?? 0),
  );
  return {
    pipelines: pipelines.map(({ id, name, is_deleted }) => ({ id, label: name, active: is_deleted !== true })),
    stages: [
      ...ordered.map(({ id, name, pipeline_id, is_deleted }) => ({
        id,
        label: pipeline_id === first && !closed.includes(name) ? name : `${nameOf(pipeline_id)} / ${name}`,
        active: is_deleted !== true,
      })),
      ...closed.map((status) => ({ id: status, label: status, active: true })),
    ],
  };
}
