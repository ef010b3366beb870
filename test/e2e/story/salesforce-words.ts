/** Salesforce's stage for each of AWS's. */
export const stageInSalesforce: Readonly<Record<string, string>> = {
  Prospect: "Prospecting",
  Qualified: "Qualification",
  "Technical Validation": "Value Proposition",
  "Business Validation": "Proposal/Price Quote",
  Committed: "Negotiation/Review",
  Launched: "Closed Won",
  "Closed Lost": "Closed Lost",
};

/** AWS's stage for each of Salesforce's. */
export const stageAtAws: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(stageInSalesforce).map(([aws, salesforce]) => [salesforce, aws])),
  "Needs Analysis": "Qualified",
  "Id. Decision Makers": "Technical Validation",
  "Perception Analysis": "Technical Validation",
};

/** Why a deal was lost: what the org's picklist has, in AWS's words. */
export const lossAtAws: Readonly<Record<string, string>> = {
  Price: "Price",
  "No Decision": "Delay / Cancellation of Project",
  "Lost to Competitor": "Lost to Competitor - Other",
};

/** AWS's kind of opportunity for Salesforce's type. */
export const typeAtAws: Readonly<Record<string, string>> = {
  "New Customer": "Net New Business",
  "Existing Customer - Upgrade": "Expansion",
  "Existing Customer - Replacement": "Expansion",
};

/** AWS's industry, for those that occur in the story. */
export const industryAtAws: Readonly<Record<string, string>> = {
  Retail: "Retail",
  Banking: "Financial Services",
  Technology: "Software and Internet",
};
