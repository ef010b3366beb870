import type { JsonObject } from "@cosell/connector";
import type { Preparation } from "./selling-preparations.ts";
import { accountOne, type PreparedWorld } from "./world.ts";

const type = "OPPORTUNITY_COLLABORATION";
const contact = { FirstName: "Ada", LastName: "Lead", BusinessTitle: "Alliances" };

/** The code that was last sent to an address, as its owner reads it. */
const codeOf = ({ running }: PreparedWorld, email: string): string =>
  running.partnerCentral.account.emailCode(email)?.code ?? "";

/** A member that is a text. */
const textOf = (object: JsonObject, member: string): string => {
  const value = object[member];
  if (typeof value !== "string") throw new Error(`${member} is not a text.`);
  return value;
};

const addressOf = (world: PreparedWorld): string => `${world.fresh("ada")}@${world.fresh("partner")}.example.com`;

/** Sends a code to a new address. */
async function verified(world: PreparedWorld, as: string): Promise<{ Email: string; EmailVerificationCode: string }> {
  const Email = addressOf(world);
  await world.callAccount("SendEmailVerificationCode", { Email }, as);
  return { Email, EmailVerificationCode: codeOf(world, Email) };
}

/** An account's partner, made when it is first asked for. What may be done so many times a day may be done again. */
async function partner(world: PreparedWorld, as = accountOne): Promise<JsonObject & { Identifier: string }> {
  world.nextDay();
  const present = world.running.partnerCentral.account.state().spaces[`${as}/Sandbox`]?.partner;
  if (present) return { Identifier: present.id };
  const { Email, EmailVerificationCode } = await verified(world, as);
  const made = await world.callAccount(
    "CreatePartner",
    {
      LegalName: world.fresh("Partner"),
      PrimarySolutionType: "CONSULTING_SERVICES",
      AllianceLeadContact: { ...contact, Email },
      EmailVerificationCode,
      ClientToken: world.fresh("partner"),
    },
    as,
  );
  return { Identifier: textOf(made, "Id") };
}

const arnOf = async (world: PreparedWorld): Promise<JsonObject> => {
  const { Arn } = await world.callAccount("GetPartner", await partner(world));
  return { ResourceArn: Arn ?? null };
};

/** One partner invites another. */
async function invitation(world: PreparedWorld, from: string, to: string): Promise<JsonObject> {
  world.nextDay();
  const made = await world.callAccount(
    "CreateConnectionInvitation",
    {
      ConnectionType: type,
      Email: "ada@example.com",
      Name: "Ada Lead",
      Message: "Let us work together.",
      ReceiverIdentifier: to,
      ClientToken: world.fresh("invite"),
    },
    from,
  );
  return { Identifier: made.Id ?? null };
}

async function connection(world: PreparedWorld): Promise<JsonObject> {
  world.running.partnerCentral.account.connect({ accounts: [accountOne, world.freshAccount()], type });
  world.nextDay();
  const { ConnectionSummaries } = await world.callAccount("ListConnections", {});
  const [newest] = ConnectionSummaries as readonly JsonObject[];
  return { Identifier: newest?.Id ?? null, ConnectionType: type };
}

async function associatedDomain(world: PreparedWorld): Promise<JsonObject> {
  const { Identifier } = await partner(world);
  const { Email, EmailVerificationCode } = await verified(world, accountOne);
  const domain = { Identifier, Email, EmailVerificationCode, ClientToken: world.fresh("domain") };
  await world.callAccount("AssociateAwsTrainingCertificationEmailDomain", domain);
  return { Identifier, DomainName: Email.slice(Email.indexOf("@") + 1) };
}

/** The details of a profile. */
export const anotherProfile = {
  DisplayName: "Northwind",
  Description: "We bring bakeries into the cloud.",
  WebsiteUrl: "https://partner.example.com",
  LogoUrl: "https://partner.example.com/logo.png",
  PrimarySolutionType: "CONSULTING_SERVICES",
  IndustrySegments: ["OTHER"],
  TranslationSourceLocale: "en-US",
};

async function profileTask(world: PreparedWorld): Promise<JsonObject> {
  const { Identifier } = await partner(world);
  const start = { Identifier, TaskDetails: anotherProfile, ClientToken: world.fresh("profile") };
  const { TaskId } = await world.callAccount("StartProfileUpdateTask", start);
  return { Identifier, TaskId: TaskId ?? null };
}

/** A partner whose subsidiary the account is, and with whom nothing is associated. */
async function primary(world: PreparedWorld): Promise<JsonObject> {
  const { Identifier } = await partner(world);
  const { Status, PrimaryPartner } = await world.callAccount("GetQualificationsAssociationDetails", { Identifier });
  if (Status === "ASSOCIATED") {
    const end = { Identifier, AssociatedPartner: PrimaryPartner ?? null, ClientToken: world.fresh("end") };
    await world.callAccount("StartQualificationsDisassociationTask", end);
    world.nextDay();
  }
  const AccountId = world.freshAccount();
  await partner(world, AccountId);
  world.running.partnerCentral.account.connect({ accounts: [accountOne, AccountId], type: "SUBSIDIARY" });
  return { Identifier, PrimaryPartner: { AccountId } };
}

async function association(world: PreparedWorld): Promise<JsonObject> {
  const { Identifier, PrimaryPartner } = await primary(world);
  const start = { Identifier: Identifier ?? null, PrimaryPartner: PrimaryPartner ?? null };
  await world.callAccount("StartQualificationsAssociationTask", { ...start, ClientToken: world.fresh("associate") });
  world.nextDay();
  return { Identifier: Identifier ?? null, AssociatedPartner: PrimaryPartner ?? null };
}

const identifierOf = async (of: Promise<JsonObject>): Promise<JsonObject> => ({
  Identifier: (await of).Identifier ?? null,
});
const own: Preparation = (world) => partner(world);

/** Nobody has used the Account API yet: what an account does once can be done. */
const nobody = (world: PreparedWorld): void => world.running.partnerCentral.account.reset();

/** What each operation works on. An operation that is not here works on nothing that must exist. */
export const accountPreparations: Readonly<Record<string, Preparation>> = {
  AcceptConnectionInvitation: (world) => invitation(world, world.freshAccount(), accountOne),
  AssociateAwsTrainingCertificationEmailDomain: async (world) => ({
    ...(await partner(world)),
    ...(await verified(world, accountOne)),
  }),
  CancelConnection: connection,
  CancelConnectionInvitation: (world) => invitation(world, accountOne, world.freshAccount()),
  CancelProfileUpdateTask: profileTask,
  CreateConnectionInvitation: (world) => Promise.resolve({ ReceiverIdentifier: world.freshAccount() }),
  CreatePartner: async (world) => {
    nobody(world);
    const { Email, EmailVerificationCode } = await verified(world, accountOne);
    return { AllianceLeadContact: { ...contact, Email }, EmailVerificationCode };
  },
  DisassociateAwsTrainingCertificationEmailDomain: associatedDomain,
  GetAllianceLeadContact: own,
  GetConnection: (world) => identifierOf(connection(world)),
  GetConnectionInvitation: (world) => invitation(world, accountOne, world.freshAccount()),
  GetPartner: own,
  GetProfileUpdateTask: (world) => identifierOf(profileTask(world)),
  GetProfileVisibility: own,
  GetQualificationsAssociationDetails: own,
  GetQualificationsAssociationTask: (world) => identifierOf(association(world)),
  GetQualificationsDisassociationTask: async (world) => {
    const associated = await association(world);
    const end = { ...associated, ClientToken: world.fresh("end") };
    await world.callAccount("StartQualificationsDisassociationTask", end);
    return identifierOf(Promise.resolve(associated));
  },
  GetVerification: async (world) => {
    nobody(world);
    const BusinessVerificationDetails = { LegalName: "Northwind Ltd", RegistrationId: "12345678", CountryCode: "US" };
    const VerificationDetails = { BusinessVerificationDetails };
    await world.callAccount("StartVerification", { VerificationDetails, ClientToken: world.fresh("verify") });
    return { VerificationType: "BUSINESS_VERIFICATION" };
  },
  ListTagsForResource: arnOf,
  PutAllianceLeadContact: async (world) => {
    const { Identifier } = await partner(world);
    const { Email, EmailVerificationCode } = await verified(world, accountOne);
    return { Identifier, AllianceLeadContact: { ...contact, Email }, EmailVerificationCode };
  },
  PutProfileVisibility: own,
  RejectConnectionInvitation: (world) => invitation(world, world.freshAccount(), accountOne),
  StartProfileUpdateTask: own,
  StartQualificationsAssociationTask: primary,
  StartQualificationsDisassociationTask: association,
  StartVerification: (world) => {
    nobody(world);
    return Promise.resolve({});
  },
  TagResource: arnOf,
  UntagResource: arnOf,
  UpdateConnectionPreferences: async (world) => {
    const { Revision } = await world.callAccount("GetConnectionPreferences", {});
    return { Revision: Revision ?? null, AccessType: "ALLOW_ALL" };
  },
};

/** Makes what a list operation tells of, and gives the filter under which it tells of it. */
export const accountLists: Readonly<Record<string, Preparation>> = {
  ListConnectionInvitations: async (world) => {
    for (let count = 0; count < 3; count++) await invitation(world, accountOne, world.freshAccount());
    return {};
  },
  ListConnections: async (world) => {
    for (let count = 0; count < 3; count++) await connection(world);
    return {};
  },
  ListPartners: async (world) => {
    await partner(world);
    return {};
  },
};
