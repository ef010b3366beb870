import type * as Sdk from "@aws-sdk/client-partnercentral-account";
import type { QualificationsOperations } from "./qualifications.ts";
import type { Answer, Input } from "./wire.ts";

/** What the SDK takes and gives, by operation. */
interface SdkOperations {
  readonly AcceptConnectionInvitation: readonly [
    Sdk.AcceptConnectionInvitationCommandInput,
    Sdk.AcceptConnectionInvitationCommandOutput,
  ];
  readonly AssociateAwsTrainingCertificationEmailDomain: readonly [
    Sdk.AssociateAwsTrainingCertificationEmailDomainCommandInput,
    Sdk.AssociateAwsTrainingCertificationEmailDomainCommandOutput,
  ];
  readonly CancelConnection: readonly [Sdk.CancelConnectionCommandInput, Sdk.CancelConnectionCommandOutput];
  readonly CancelConnectionInvitation: readonly [
    Sdk.CancelConnectionInvitationCommandInput,
    Sdk.CancelConnectionInvitationCommandOutput,
  ];
  readonly CancelProfileUpdateTask: readonly [
    Sdk.CancelProfileUpdateTaskCommandInput,
    Sdk.CancelProfileUpdateTaskCommandOutput,
  ];
  readonly CreateConnectionInvitation: readonly [
    Sdk.CreateConnectionInvitationCommandInput,
    Sdk.CreateConnectionInvitationCommandOutput,
  ];
  readonly CreatePartner: readonly [Sdk.CreatePartnerCommandInput, Sdk.CreatePartnerCommandOutput];
  readonly DisassociateAwsTrainingCertificationEmailDomain: readonly [
    Sdk.DisassociateAwsTrainingCertificationEmailDomainCommandInput,
    Sdk.DisassociateAwsTrainingCertificationEmailDomainCommandOutput,
  ];
  readonly GetAllianceLeadContact: readonly [
    Sdk.GetAllianceLeadContactCommandInput,
    Sdk.GetAllianceLeadContactCommandOutput,
  ];
  readonly GetConnection: readonly [Sdk.GetConnectionCommandInput, Sdk.GetConnectionCommandOutput];
  readonly GetConnectionInvitation: readonly [
    Sdk.GetConnectionInvitationCommandInput,
    Sdk.GetConnectionInvitationCommandOutput,
  ];
  readonly GetConnectionPreferences: readonly [
    Sdk.GetConnectionPreferencesCommandInput,
    Sdk.GetConnectionPreferencesCommandOutput,
  ];
  readonly GetPartner: readonly [Sdk.GetPartnerCommandInput, Sdk.GetPartnerCommandOutput];
  readonly GetProfileUpdateTask: readonly [Sdk.GetProfileUpdateTaskCommandInput, Sdk.GetProfileUpdateTaskCommandOutput];
  readonly GetProfileVisibility: readonly [Sdk.GetProfileVisibilityCommandInput, Sdk.GetProfileVisibilityCommandOutput];
  readonly GetVerification: readonly [Sdk.GetVerificationCommandInput, Sdk.GetVerificationCommandOutput];
  readonly ListConnectionInvitations: readonly [
    Sdk.ListConnectionInvitationsCommandInput,
    Sdk.ListConnectionInvitationsCommandOutput,
  ];
  readonly ListConnections: readonly [Sdk.ListConnectionsCommandInput, Sdk.ListConnectionsCommandOutput];
  readonly ListPartners: readonly [Sdk.ListPartnersCommandInput, Sdk.ListPartnersCommandOutput];
  readonly ListTagsForResource: readonly [Sdk.ListTagsForResourceCommandInput, Sdk.ListTagsForResourceCommandOutput];
  readonly PutAllianceLeadContact: readonly [
    Sdk.PutAllianceLeadContactCommandInput,
    Sdk.PutAllianceLeadContactCommandOutput,
  ];
  readonly PutProfileVisibility: readonly [Sdk.PutProfileVisibilityCommandInput, Sdk.PutProfileVisibilityCommandOutput];
  readonly RejectConnectionInvitation: readonly [
    Sdk.RejectConnectionInvitationCommandInput,
    Sdk.RejectConnectionInvitationCommandOutput,
  ];
  readonly SendEmailVerificationCode: readonly [
    Sdk.SendEmailVerificationCodeCommandInput,
    Sdk.SendEmailVerificationCodeCommandOutput,
  ];
  readonly StartProfileUpdateTask: readonly [
    Sdk.StartProfileUpdateTaskCommandInput,
    Sdk.StartProfileUpdateTaskCommandOutput,
  ];
  readonly StartVerification: readonly [Sdk.StartVerificationCommandInput, Sdk.StartVerificationCommandOutput];
  readonly TagResource: readonly [Sdk.TagResourceCommandInput, Sdk.TagResourceCommandOutput];
  readonly UntagResource: readonly [Sdk.UntagResourceCommandInput, Sdk.UntagResourceCommandOutput];
  readonly UpdateConnectionPreferences: readonly [
    Sdk.UpdateConnectionPreferencesCommandInput,
    Sdk.UpdateConnectionPreferencesCommandOutput,
  ];
}

interface Operations extends SdkOperations, QualificationsOperations {}

/** The name of an operation of the Account API. */
export type AccountOperation = keyof Operations;

/** What an operation takes. */
export type AccountInput<Name extends AccountOperation> = Input<Operations[Name][0]>;

/** What an operation gives. */
export type AccountAnswer<Name extends AccountOperation> = Answer<Operations[Name][1]>;

/** The lists that come in pages, and the member of the answer that holds a page. */
export const accountLists = {
  ListConnectionInvitations: "ConnectionInvitationSummaries",
  ListConnections: "ConnectionSummaries",
  ListPartners: "PartnerSummaryList",
} as const;

/** The name of a list that comes in pages. */
export type AccountList = keyof typeof accountLists;

/** One item of a list. */
export type AccountItem<Name extends AccountList> =
  NonNullable<
    AccountAnswer<Name>[(typeof accountLists)[Name] & keyof AccountAnswer<Name>]
  > extends readonly (infer Item)[]
    ? Item
    : never;
