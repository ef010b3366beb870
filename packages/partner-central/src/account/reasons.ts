/**
 * Why the Account API refuses a call, by the `Reason` of its error, with what to do. AWS publishes the names alone: the sentences
 * are drawn from them, from what the operations do, and from the developer guide's quotas.
 */
export const accountReasons: Readonly<Record<string, string>> = {
  CONFLICT_CLIENT_TOKEN: "The client token was used for another call before. Give a new one.",
  DUPLICATE_PARTNER: "The account is a partner in this catalog already.",
  INCOMPATIBLE_PROFILE_STATE:
    "The profile's state does not permit it. Publish the profile first (StartProfileUpdateTask).",
  INCOMPATIBLE_PARTNER_PROFILE_TASK_STATE:
    "The profile is being updated, or its update has ended. Look at the task, then decide.",
  DUPLICATE_CONNECTION_INVITATION: "An invitation of this type between the two partners is pending already.",
  INCOMPATIBLE_CONNECTION_INVITATION_STATE:
    "The invitation is no longer pending: somebody has answered it, or it has expired.",
  INCOMPATIBLE_CONNECTION_INVITATION_RECEIVER:
    "The receiver takes no invitation of yours. Ask that partner to change its connection preferences.",
  DUPLICATE_CONNECTION: "The two partners are connected for this purpose already.",
  INCOMPATIBLE_CONNECTION_STATE: "The connection is not active for this purpose any more.",
  INCOMPATIBLE_CONNECTION_PREFERENCES_REVISION:
    "Somebody has changed the connection preferences meanwhile. Read them again and decide again.",
  ACCOUNT_ALREADY_VERIFIED: "The account is verified already.",
  VERIFICATION_ALREADY_IN_PROGRESS: "A verification is under way already. Look at it (GetVerification).",
  INCOMPATIBLE_QUALIFICATIONS_ASSOCIATION_TASK_STATE:
    "Another task for the qualifications is under way. Wait until it has ended.",
  PARTNER_NOT_FOUND: "This account is no partner in this catalog. Set it up first (CreatePartner).",
  PARTNER_PROFILE_NOT_FOUND: "The partner has no profile in this catalog.",
  PARTNER_PROFILE_TASK_NOT_FOUND: "No update of the profile was ever started.",
  PARTNER_DOMAIN_NOT_FOUND: "The e-mail domain is not registered for the partner.",
  SENDER_PROFILE_NOT_FOUND:
    "Your account has no published profile in this catalog. Set it up first (CreatePartner, StartProfileUpdateTask).",
  RECEIVER_PROFILE_NOT_FOUND: "There is no such partner, or it has no published profile in this catalog.",
  CONNECTION_INVITATION_NOT_FOUND: "Your account neither sent nor got such an invitation in this catalog.",
  CONNECTION_NOT_FOUND: "Your account has no such connection in this catalog.",
  VERIFICATION_NOT_FOUND: "No such verification was ever started.",
  QUALIFICATIONS_ASSOCIATION_TASK_NOT_FOUND: "No association of qualifications was ever started.",
  QUALIFICATIONS_DISASSOCIATION_TASK_NOT_FOUND: "No end of an association of qualifications was ever started.",
  LIMIT_EXCEEDED_NUMBER_OF_EMAIL: "Too many codes were sent. Try again later.",
  LIMIT_EXCEEDED_NUMBER_OF_DOMAIN: "The partner has as many e-mail domains as AWS allows. Remove one first.",
  LIMIT_EXCEEDED_NUMBER_OF_CONNECTION_INVITATION_PER_DAY: "AWS allows 50 invitations in 24 hours. Try again tomorrow.",
  LIMIT_EXCEEDED_NUMBER_OF_ACTIVE_CONNECTION: "AWS allows 1,000 connections. End one first.",
  LIMIT_EXCEEDED_NUMBER_OF_OPEN_CONNECTION_INVITATION: "AWS allows 1,000 open invitations. Cancel one first.",
  LIMIT_EXCEEDED_NUMBER_OF_PROFILE_UPDATE_PER_DAY:
    "AWS allows 10 updates of the profile in 24 hours. Try again tomorrow.",
  LIMIT_EXCEEDED_NUMBER_OF_PROFILE_VISIBILITY_UPDATE_PER_DAY:
    "AWS allows 5 changes of the profile's visibility in 24 hours. Try again tomorrow.",
};
