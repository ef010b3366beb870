/** Pipedrive's stage for each of AWS's open ones: its own pipeline, by name. */
export const stageInPipedrive: Readonly<Record<string, string>> = {
  Prospect: "Qualified",
  Qualified: "Contact Made",
  "Technical Validation": "Demo Scheduled",
  "Business Validation": "Proposal Made",
  Committed: "Negotiations Started",
};

/** AWS's stage for each of Pipedrive's. */
export const stageAtAws: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(stageInPipedrive).map(([aws, pipedrive]) => [pipedrive, aws]),
);

/** Pipedrive's status for AWS's stages that are closed: there they are no stages. */
export const statusInPipedrive: Readonly<Record<string, string>> = { Launched: "won", "Closed Lost": "lost" };

/** AWS's stage for each status but open. */
export const closedAtAws: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(statusInPipedrive).map(([aws, pipedrive]) => [pipedrive, aws]),
);
