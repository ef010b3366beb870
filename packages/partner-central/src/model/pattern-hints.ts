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

/** The same for the Account API, whose shapes of the same name have patterns of their own. */
export const accountPatternHints: Readonly<Record<string, string>> = {
  AwsAccountId: "Must be an AWS account id: twelve digits.",
  Catalog: "Must be AWS or Sandbox.",
  ClientToken: "Must have letters, digits, - and _ only.",
  ConnectionId: "Must be the id of a connection: pac- and thirteen letters or digits.",
  ConnectionInvitationId: "Must be the id of a connection invitation: pacinv- and thirteen letters or digits.",
  CountryCode: "Must be a country code of two capital letters.",
  DomainName: "Must be a domain name such as example.com.",
  Email: "Must be an e-mail address.",
  EmailVerificationCode: "Must be six digits.",
  Locale: "Must be a locale such as en-US.",
  ParticipantIdentifier: "Must be an AWS account id or the id of a partner profile: letters, digits and -.",
  PartnerIdentifier: "Must be a partner's id (partner- and thirteen letters or digits) or ARN.",
  ProfileTaskId: "Must be the id of a profile update task: pprofiletask- and thirteen letters or digits.",
  TaggableResourceArn: "Must be the ARN of something in Partner Central.",
  Url: "Must be a web address that begins with https://.",
};
