/** HubSpot's stage for each of AWS's: the default pipeline, by internal ids. */
export const stageInHubspot: Readonly<Record<string, string>> = {
  Prospect: "appointmentscheduled",
  Qualified: "qualifiedtobuy",
  "Technical Validation": "presentationscheduled",
  "Business Validation": "decisionmakerboughtin",
  Committed: "contractsent",
  Launched: "closedwon",
  "Closed Lost": "closedlost",
};

/** AWS's stage for each of HubSpot's. */
export const stageAtAws: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(stageInHubspot).map(([aws, hubspot]) => [hubspot, aws]),
);

/** AWS's kind of opportunity for HubSpot's type of deal. */
export const typeAtAws: Readonly<Record<string, string>> = {
  newbusiness: "Net New Business",
  existingbusiness: "Expansion",
};

/** AWS's industry, for those that occur in the story. */
export const industryAtAws: Readonly<Record<string, string>> = {
  RETAIL: "Retail",
  BANKING: "Financial Services",
  COMPUTER_SOFTWARE: "Software and Internet",
};
