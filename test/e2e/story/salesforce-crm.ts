import { type Clock, Secret, silentLogger } from "@cosell/connector";
import { salesforce } from "@cosell/connector-salesforce";
import { compileInvitationMapping, type InvitationMapping, loadMapping } from "@cosell/core";
import type { RunningEmulators, Salesforce } from "@cosell/emulator";
import { partnerCentralTarget } from "@cosell/partner-central";
import { invitationMapping } from "../support/invitations.ts";
import { salesforceFacts } from "./salesforce-facts.ts";
import { stageInSalesforce } from "./salesforce-words.ts";
import type { StoryCrm, StoryCrmKind, StoryDeal } from "./story-crm.ts";

type Fields = Parameters<Salesforce["edit"]>[2];
const accessToken = "emulator-access-token";
/** In this field a record that was made early keeps its invitation's id, until AWS's stage takes its place. */
const earlyIdField = "AWS_Seller_Stage__c";
const industries = ["Retail", "Banking", "Technology"];

/** Salesforce in the story: its emulator and its connector. */
export const salesforceInStory: StoryCrmKind = { name: "Salesforce", start };

async function start(emulators: RunningEmulators, clock: Clock): Promise<StoryCrm> {
  const org = emulators.salesforce;
  const instanceUrl = org.url;
  const config = await salesforce.config["~standard"].validate({ instanceUrl, accessToken: new Secret(accessToken) });
  if (config.issues !== undefined) throw new Error(JSON.stringify(config.issues));
  const { value } = config;
  return {
    server: org.name,
    // The field that stands in for the early record's id is none of the org's external ids.
    capabilities: { ...salesforce.capabilities, idempotentCreate: false },
    connect: (tokens) => salesforce.connect(value, { clock, logger: silentLogger, tokens }),
    mapping: "salesforce.opportunity",
    invitations: () => ({
      records: [
        { mapping: earlyMapping(), create: "received" },
        { mapping: invitationMapping(), create: "accepted" },
      ],
      decisionField: { field: "AWS_Cosell__c", accept: [true], reject: {} },
    }),
    configuration: { connector: "salesforce", instanceUrl, accessToken: "!env COSELL_STORY_TOKEN" },
    environment: { COSELL_STORY_TOKEN: accessToken },
    isWrite: (operation) => operation === "composite",
    writeBatch: salesforce.capabilities.writeBatch,
    ...people(org),
    facts: async () => {
      const response = await fetch(`${emulators.admin.url}/state`);
      const state = (await response.json()) as { readonly salesforce: { readonly records: object } };
      return salesforceFacts(state.salesforce.records as Parameters<typeof salesforceFacts>[0]);
    },
  };
}

/** What people do in the org. */
function people(
  org: Salesforce,
): Omit<
  StoryCrm,
  | "server"
  | "capabilities"
  | "connect"
  | "mapping"
  | "invitations"
  | "configuration"
  | "environment"
  | "isWrite"
  | "writeBatch"
  | "facts"
> {
  let accounts = 0;
  return {
    createAccount: ({ name, website, street, city, state, postalCode }) =>
      org.create("Account", {
        ...{ Name: name, Website: website, Industry: industries[(accounts += 1) % industries.length] ?? null },
        ...{ BillingStreet: street, BillingCity: city, BillingState: state, BillingPostalCode: postalCode },
        BillingCountry: "United States",
      }),
    createContact: (account, { firstName, lastName, email }) =>
      org.create("Contact", { AccountId: account, FirstName: firstName, LastName: lastName, Email: email }),
    createOwner: ({ firstName, lastName, email }) =>
      org.create("User", { Username: email, FirstName: firstName, LastName: lastName, Email: email }),
    createDeal: (deal, account, contact) => {
      const id = org.create("Opportunity", { ...usual, ...fieldsOf(deal), AccountId: account });
      org.create("OpportunityContactRole", { OpportunityId: id, ContactId: contact, Role: "Decision Maker" });
      return id;
    },
    edit: (deal, change) => org.edit("Opportunity", deal, fieldsOf(change)),
    editUnmapped: (deal, LeadSource) => org.edit("Opportunity", deal, { LeadSource }),
    moveAccount: (account, BillingCity) => org.edit("Account", account, { BillingCity }),
    assign: (deal, OwnerId) => org.edit("Opportunity", deal, { OwnerId }),
    joinAccount: (deal, AccountId) => org.edit("Opportunity", deal, { AccountId }),
    remove: (deal) => org.remove("Opportunity", deal),
    restore: (deal) => org.undelete("Opportunity", deal),
    mergeAccounts: (winner, loser) => org.merge("Account", winner, [loser]),
    mergeContacts: (winner, loser) => org.merge("Contact", winner, [loser]),
  };
}

/** What every deal of the story has. */
const usual: Fields = {
  Type: "New Customer",
  AWS_Use_Case__c: "Storage & Backup",
  AWS_Delivery_Models__c: "SaaS or PaaS",
  AWS_Primary_Needs__c: "Co-Sell - Deal Support",
  AWS_Sales_Activities__c: "Conducted POC / Demo",
};

function fieldsOf(deal: Partial<StoryDeal>): Fields {
  const fields: Readonly<Record<keyof StoryDeal, Fields[string]>> = {
    title: deal.title,
    shared: deal.shared,
    stage: deal.stage === undefined ? undefined : (stageInSalesforce[deal.stage] ?? null),
    closeDate: deal.closeDate,
    monthlySpend: deal.monthlySpend,
    nextSteps: deal.nextSteps,
    problem: deal.problem,
    comments: deal.comments,
    solutions: deal.solutions?.join(";"),
    lossReason: deal.lossReason,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[fieldNames[name as keyof StoryDeal], value]],
    ),
  );
}

const fieldNames: Readonly<Record<keyof StoryDeal, string>> = {
  title: "Name",
  shared: "AWS_Cosell__c",
  stage: "StageName",
  closeDate: "CloseDate",
  monthlySpend: "AWS_Monthly_Spend__c",
  nextSteps: "NextStep",
  problem: "AWS_Business_Problem__c",
  comments: "AWS_Additional_Comments__c",
  solutions: "AWS_Solutions__c",
  lossReason: "Loss_Reason__c",
};

/** Referrals of customers in Japan are records at once: the seller ticks the box for co-selling, or leaves it. */
function earlyMapping(): InvitationMapping {
  const { invitation, findings } = loadMapping({
    file: "early.yaml",
    text: [
      "version: 1",
      "kind: invitation",
      "id: story.early",
      "crm: { connector: salesforce, object: Opportunity }",
      "match:",
      "  Invitation.Payload.OpportunityInvitation.Customer.CountryCode: { eq: JP }",
      "inbound:",
      "  Name: { from: Invitation.Payload.OpportunityInvitation.Customer.CompanyName, required: true }",
      "  StageName: { const: Qualification }",
      "  CloseDate: { const: '2035-03-31' }",
      `  ${earlyIdField}: { from: Invitation.Id, required: true }`,
    ].join("\n"),
  });
  if (invitation === undefined) throw new Error(`the mapping does not load: ${JSON.stringify(findings)}`);
  return compileInvitationMapping(invitation, { target: partnerCentralTarget });
}
