/** One stage of a pipeline. */
export interface StageDefinition {
  readonly id: string;
  readonly label: string;
  /** From 0 (lost) to 1 (won). */
  readonly probability: string;
  readonly isClosed: boolean;
}

/** One pipeline of deals. */
export interface PipelineDefinition {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly StageDefinition[];
}

const stage = (id: string, label: string, probability: string): StageDefinition => ({
  ...{ id, label, probability },
  isClosed: id.startsWith("closed"),
});

/** HubSpot's own pipeline: seven stages. */
export const dealPipelines: readonly PipelineDefinition[] = [
  {
    id: "default",
    label: "Sales Pipeline",
    stages: [
      stage("appointmentscheduled", "Appointment Scheduled", "0.2"),
      stage("qualifiedtobuy", "Qualified To Buy", "0.4"),
      stage("presentationscheduled", "Presentation Scheduled", "0.6"),
      stage("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
      stage("contractsent", "Contract Sent", "0.9"),
      stage("closedwon", "Closed Won", "1.0"),
      stage("closedlost", "Closed Lost", "0.0"),
    ],
  },
];
