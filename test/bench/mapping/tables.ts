/** The tables of `opportunity.yaml`, for the contenders that are not Cosell. */

export const industries: Readonly<Record<string, string>> = {
  Agriculture: "Agriculture",
  Banking: "Financial Services",
  Biotechnology: "Life Sciences",
  Education: "Education",
  Energy: "Energy - Power and Utilities",
  Government: "Government",
  Healthcare: "Healthcare",
  Insurance: "Financial Services",
  Media: "Media and Entertainment",
  Retail: "Retail",
  Shipping: "Transportation and Logistics",
  Technology: "Software and Internet",
};

export const stages: Readonly<Record<string, string>> = {
  Prospecting: "Prospect",
  Qualification: "Qualified",
  "Needs Analysis": "Qualified",
  "Value Proposition": "Technical Validation",
  "Proposal/Price Quote": "Business Validation",
  "Negotiation/Review": "Committed",
  "Closed Won": "Launched",
  "Closed Lost": "Closed Lost",
};

export const types: Readonly<Record<string, string>> = {
  "New Customer": "Net New Business",
  "Existing Customer - Upgrade": "Expansion",
  "Existing Customer - Replacement": "Expansion",
};

export const lossReasons: Readonly<Record<string, string>> = {
  Price: "Price",
  "No Decision": "Delay / Cancellation of Project",
  "No Budget": "Financial/Commercial",
  "Product Fit": "Product/Technology",
};
