/** What a mapping may leave out, by AWS path, with the reason that holds for most. */
const usuallyLeftOut: Readonly<Record<string, string>> = {
  "LifeCycle.ReviewStatus": "AWS sets it.",
  "LifeCycle.ReviewComments": "AWS's reviewer writes them.",
  "LifeCycle.ReviewStatusReason": "AWS's reviewer writes it.",
  "LifeCycle.NextStepsHistory": "AWS keeps it from the changes of NextSteps.",
  OpportunityTeam: "The owner goes by the assignee; AWS fills the rest of the team.",
  "Assignee.Phone": "The owner's e-mail tells AWS who it is.",
  "Project.AwsPartition": "Only for the European Sovereign Cloud.",
  "Project.ExpectedContractDuration": "Only for deals that are sized by total contract value.",
  "Project.RelatedOpportunityIdentifier": "Only for flat renewals.",
  "RelatedEntityIdentifiers.AwsMarketplaceOffers":
    "AWS takes offers after the submission; attach them in Partner Central.",
  "RelatedEntityIdentifiers.AwsMarketplaceOfferSets": "As for offers; an opportunity has one or the other.",
  SoftwareRevenue: "Only for AWS's special programmes.",
  Tags: "Tags control access inside AWS; they say nothing about the deal.",
};

/** `leftOut` of a first mapping that fills these targets. */
export function leftOutLines(mapped: readonly string[]): readonly string[] {
  const reasons = Object.entries(usuallyLeftOut).filter(([path]) => !mapped.includes(path));
  return [
    "# What AWS takes and this mapping does not send, with the reason. The check warns about what is in neither place.",
    "leftOut:",
    ...reasons.map(([path, reason]) => `  ${path}: ${reason}`),
  ];
}
