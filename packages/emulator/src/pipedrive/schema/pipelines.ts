/** One stage of a pipeline. */
export interface StageDefinition {
  readonly id: number;
  readonly name: string;
  readonly pipelineId: number;
  readonly order: number;
  readonly probability: number;
}

/** One pipeline of deals. */
export interface PipelineDefinition {
  readonly id: number;
  readonly name: string;
  readonly stages: readonly StageDefinition[];
}

/** The pipelines of a company, as its settings name them. Ids are its own. */
export function pipelinesFrom(
  firstId: number,
  plan: readonly { readonly name: string; readonly stages: readonly string[] }[],
): readonly PipelineDefinition[] {
  let stageId = firstId;
  return plan.map(({ name, stages }, index) => {
    const id = firstId + index;
    const made = stages.map((stage, order): StageDefinition => {
      stageId += 1;
      return { id: stageId, name: stage, pipelineId: id, order: order + 1, probability: 100 };
    });
    return { id, name, stages: made };
  });
}
