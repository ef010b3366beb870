/** What a pattern of AWS's model wants, for people, by the name of the shape. A shape that is not here shows its pattern. */
export const patternHints: Readonly<Record<string, string>> = {
  Amount: "Must be a number without sign or separators and with at most two decimals, as a text: 1234.50.",
  AwsAccount: "Must be an AWS account id: twelve digits.",
  CatalogIdentifier: "Must be AWS or Sandbox.",
  ClientToken: "Must have no line breaks.",
  CompanyWebsiteUrl: "Must be a web address such as https://example.com.",
  Date: "Must be a date: YYYY-MM-DD.",
  DunsNumber: "Must be nine digits.",
  Email: "Must be an e-mail address in lower case.",
  EngagementIdentifier: "Must be the id of an engagement: eng- and fourteen letters or digits.",
  EstimationUrl: "Must be the address of a shared estimate of AWS's pricing calculator.",
  MonetaryValueAmountString:
    "Must be a number without sign or separators and with at most two decimals, as a text: 1234.50.",
  OpportunityIdentifier: "Must be the id of an opportunity: O and digits.",
  PhoneNumber: "Must be an international phone number without spaces: +14155551234.",
  SenderContactEmail: "Must be an e-mail address.",
};
