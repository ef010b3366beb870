import { FailureError, type JsonObject } from "@cosell/connector";
import type { DemoWorld, Interlude, WorkflowDemo } from "./demos.ts";

const us = "111122223333";
const them = "444455556666";

const contact = {
  FirstName: "Ada",
  LastName: "Moreau",
  Email: "ada@partnerone.example.com",
  BusinessTitle: "Alliances",
};
const partner = {
  LegalName: "Example Partner One",
  PrimarySolutionType: "CONSULTING_SERVICES",
  AllianceLeadContact: contact,
};
const profile = {
  DisplayName: "Example Partner One",
  Description: "We move freight companies to the cloud.",
  WebsiteUrl: "https://partnerone.example.com",
  LogoUrl: "https://partnerone.example.com/logo.png",
  PrimarySolutionType: "CONSULTING_SERVICES",
  IndustrySegments: ["TRANSPORTATION_LOGISTICS"],
  TranslationSourceLocale: "en-US",
};

/** The code that AWS sent to an address, as who reads the mail sees it. */
function codeSentTo({ emulator }: DemoWorld, email: string): string {
  const sent = emulator.partnerCentral.account.emailCode(email);
  if (sent !== undefined) return sent.code;
  throw new FailureError({ kind: "bug", message: "The demo expected a code that was not sent." });
}

/** Somebody reads the code in the mail. */
const readsCode = (says: string, email: string, member: string): Interlude => ({
  says,
  act: async (world) => ({ [member]: codeSentTo(world, email) }),
});

const invite = (receiver: string): JsonObject => ({
  ReceiverIdentifier: receiver,
  ConnectionType: "OPPORTUNITY_COLLABORATION",
  Email: contact.Email,
  Name: "Ada Moreau",
  Message: "Let us sell together.",
  ClientToken: "demo",
});

/** An invitation that they have sent to us. */
async function invited({ them: partnerTwo }: DemoWorld): Promise<JsonObject> {
  const { Id } = await partnerTwo.account.call("CreateConnectionInvitation", invite(us));
  return { invitation: Id ?? "" };
}

/** Connections do not wait for published profiles here: the demo of the account shows those. */
const accountSettings = { connectionsNeedProfile: false };
const newLead = { ...contact, FirstName: "Bo", LastName: "Halvorsen", Email: "bo@partnerone.example.com" };
const training = "learning@partnerone.example.com";

/** The workflows of the Account API. */
export const accountDemos: Readonly<Record<string, WorkflowDemo>> = {
  "connect invite": {
    accountSettings,
    begin: async () => ({
      receiver: them,
      email: contact.Email,
      name: "Ada Moreau",
      message: "Let us sell together.",
    }),
    interludes: [
      {
        says: "The other partner accepts.",
        act: async ({ them: partnerTwo }) => {
          const { ConnectionInvitationSummaries: got } = await partnerTwo.account.call("ListConnectionInvitations", {});
          for (const { Id } of (got ?? []) as readonly JsonObject[]) {
            const input = { Identifier: Id ?? "", ClientToken: "demo-accept" };
            await partnerTwo.account.call("AcceptConnectionInvitation", input);
          }
          return undefined;
        },
      },
    ],
  },
  "connect accept": { accountSettings, begin: invited },
  "connect reject": { accountSettings, begin: async (world) => ({ ...(await invited(world)), reason: "Not now." }) },
  "connect cancel": {
    accountSettings,
    begin: async (world) => {
      const { Id } = await world.us.account.call("CreateConnectionInvitation", invite(them));
      return { invitation: Id ?? "" };
    },
  },
  "connect list": {
    accountSettings,
    begin: async (world) => {
      await invited(world);
      return {};
    },
  },
  "connect preferences": {
    accountSettings,
    begin: async () => ({ access: "ALLOW_BY_DEFAULT_DENY_SOME", excluded: [them] }),
  },
  account: {
    begin: async () => ({
      businessVerification: { LegalName: partner.LegalName, RegistrationId: "HRB 4711", CountryCode: "DE" },
      registrantVerification: {},
      partner,
      profile,
      visibility: "PUBLIC",
      allianceLead: newLead,
      trainingEmail: training,
    }),
    interludes: [
      {
        says: "Who registers opens the page and shows an identity card.",
        act: async ({ emulator }) => {
          const fields = { VerificationStatus: "SUCCEEDED" };
          const id = `${us}/REGISTRANT_VERIFICATION`;
          emulator.partnerCentral.account.edit({ object: "Verification", id, fields });
          return undefined;
        },
      },
      readsCode("The alliance lead reads the code in the mail.", contact.Email, "code"),
      readsCode("The new alliance lead reads the code in the mail.", newLead.Email, "allianceLeadCode"),
      readsCode("The training manager reads the code in the mail.", training, "trainingCode"),
    ],
  },
};
