import type { OperationHandler } from "../call.ts";
import { getAllianceLeadContact, putAllianceLeadContact } from "./alliance-lead-contact.ts";
import {
  acceptConnectionInvitation,
  cancelConnectionInvitation,
  createConnectionInvitation,
  getConnectionInvitation,
  listConnectionInvitations,
  rejectConnectionInvitation,
} from "./connection-invitations.ts";
import { getConnectionPreferences, updateConnectionPreferences } from "./connection-preferences.ts";
import { cancelConnection, getConnection, listConnections } from "./connections.ts";
import { sendEmailVerificationCode } from "./email-codes.ts";
import { associateEmailDomain, disassociateEmailDomain } from "./email-domains.ts";
import { createPartner, getPartner, listPartners } from "./partners.ts";
import { cancelProfileUpdateTask, getProfileUpdateTask, startProfileUpdateTask } from "./profile-update-tasks.ts";
import { getProfileVisibility, putProfileVisibility } from "./profile-visibility.ts";
import {
  getQualificationsAssociationDetails,
  getQualificationsAssociationTask,
  getQualificationsDisassociationTask,
  startQualificationsAssociationTask,
  startQualificationsDisassociationTask,
} from "./qualifications.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { getVerification, startVerification } from "./verifications.ts";

/** All operations of the Account API. */
export const accountOperations: ReadonlyMap<string, OperationHandler> = new Map<string, OperationHandler>([
  ["AcceptConnectionInvitation", acceptConnectionInvitation],
  ["AssociateAwsTrainingCertificationEmailDomain", associateEmailDomain],
  ["CancelConnection", cancelConnection],
  ["CancelConnectionInvitation", cancelConnectionInvitation],
  ["CancelProfileUpdateTask", cancelProfileUpdateTask],
  ["CreateConnectionInvitation", createConnectionInvitation],
  ["CreatePartner", createPartner],
  ["DisassociateAwsTrainingCertificationEmailDomain", disassociateEmailDomain],
  ["GetAllianceLeadContact", getAllianceLeadContact],
  ["GetConnection", getConnection],
  ["GetConnectionInvitation", getConnectionInvitation],
  ["GetConnectionPreferences", getConnectionPreferences],
  ["GetPartner", getPartner],
  ["GetProfileUpdateTask", getProfileUpdateTask],
  ["GetProfileVisibility", getProfileVisibility],
  ["GetQualificationsAssociationDetails", getQualificationsAssociationDetails],
  ["GetQualificationsAssociationTask", getQualificationsAssociationTask],
  ["GetQualificationsDisassociationTask", getQualificationsDisassociationTask],
  ["GetVerification", getVerification],
  ["ListConnectionInvitations", listConnectionInvitations],
  ["ListConnections", listConnections],
  ["ListPartners", listPartners],
  ["ListTagsForResource", listTagsForResource],
  ["PutAllianceLeadContact", putAllianceLeadContact],
  ["PutProfileVisibility", putProfileVisibility],
  ["RejectConnectionInvitation", rejectConnectionInvitation],
  ["SendEmailVerificationCode", sendEmailVerificationCode],
  ["StartProfileUpdateTask", startProfileUpdateTask],
  ["StartQualificationsAssociationTask", startQualificationsAssociationTask],
  ["StartQualificationsDisassociationTask", startQualificationsDisassociationTask],
  ["StartVerification", startVerification],
  ["TagResource", tagResource],
  ["UntagResource", untagResource],
  ["UpdateConnectionPreferences", updateConnectionPreferences],
]);
