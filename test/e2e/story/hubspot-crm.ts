import { type Clock, Secret, silentLogger } from "@cosell/connector";
import { hubspot } from "@cosell/connector-hubspot";
import { compileInvitationMapping, type InvitationMapping, loadMapping } from "@cosell/core";
import type { HubspotPortal, RunningEmulators } from "@cosell/emulator";
import { partnerCentralTarget } from "@cosell/partner-central";
import { invitationMapping } from "../support/invitations.ts";
import { type HeldPortal, hubspotFacts } from "./hubspot-facts.ts";
import { stageInHubspot } from "./hubspot-words.ts";
import type { StoryCrm, StoryCrmKind, StoryDeal } from "./story-crm.ts";

type Fields = Parameters<HubspotPortal["edit"]>[2];
const accessToken = "emulator-hubspot-token";
/** The way of a deal's primary company. */
const primaryCompany = 5;
const industries = ["RETAIL", "BANKING", "COMPUTER_SOFTWARE"];

/** HubSpot in the story: its emulator and its connector. */
export const hubspotInStory: StoryCrmKind = { name: "HubSpot", start };

async function start(emulators: RunningEmulators, clock: Clock): Promise<StoryCrm> {
  const { url: baseUrl, name } = emulators.hubspot;
  const portal = emulators.hubspot.portal();
  const config = await hubspot.config["~standard"].validate({ baseUrl, accessToken: new Secret(accessToken) });
  if (config.issues !== undefined) throw new Error(JSON.stringify(config.issues));
  const { value } = config;
  return {
    server: name,
    capabilities: hubspot.capabilities,
    connect: (tokens) => hubspot.connect(value, { clock, logger: silentLogger, tokens }),
    mapping: "hubspot.deal",
    invitations: () => ({
      records: [
        { mapping: earlyMapping(), create: "received" },
        { mapping: invitationMapping("mappings/hubspot.invitation-opportunity.yaml"), create: "accepted" },
      ],
      decisionField: { field: "aws_cosell", accept: ["true"], reject: {} },
    }),
    configuration: { connector: "hubspot", baseUrl, accessToken: "!env COSELL_STORY_TOKEN" },
    environment: { COSELL_STORY_TOKEN: accessToken },
    isWrite: (operation) => /\.batch(Create|Update|Upsert|Archive)$/.test(operation),
    writeBatch: hubspot.capabilities.writeBatch,
    ...people(portal, clock),
    facts: async () => {
      const response = await fetch(`${emulators.admin.url}/state`);
      const state = (await response.json()) as {
        readonly hubspot: { readonly portals: Readonly<Record<string, HeldPortal>> };
      };
      const held = state.hubspot.portals[String(portal.portalId)];
      if (held === undefined) throw new Error(`the emulator tells nothing of portal ${portal.portalId}`);
      return hubspotFacts(held);
    },
  };
}

/** What people do in the portal. */
function people(
  portal: HubspotPortal,
  clock: Clock,
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
  let [companies, deals] = [0, 0];
  const owners: string[] = [];
  const join = (deal: string, company: string): void =>
    portal.associate({ object: "deals", id: deal }, { object: "companies", id: company }, [primaryCompany]);
  return {
    createAccount: ({ name, website, street, city, state, postalCode }) =>
      portal.create("companies", {
        ...{ name, website, industry: industries[(companies += 1) % industries.length] },
        ...{ address: street, city, state, zip: postalCode, country: "United States" },
      }),
    createContact: (company, { firstName, lastName, email }) => {
      const id = portal.create("contacts", { firstname: firstName, lastname: lastName, email });
      portal.associate({ object: "contacts", id }, { object: "companies", id: company });
      return id;
    },
    createOwner: (person) => {
      const now = new Date(clock.now()).toISOString();
      const userId = owners.length + 1;
      const id = String(70_000_000 + userId);
      portal.putOwner({ ...person, id, userId, createdAt: now, updatedAt: now, archived: false });
      owners.push(id);
      return id;
    },
    createDeal: (deal, company, contact) => {
      const hubspot_owner_id = owners[(deals += 1) % owners.length];
      const id = portal.create("deals", { ...usual, ...fieldsOf(deal), hubspot_owner_id });
      join(id, company);
      portal.associate({ object: "deals", id }, { object: "contacts", id: contact });
      return id;
    },
    edit: (deal, change) => portal.edit("deals", deal, fieldsOf(change)),
    editUnmapped: (deal, closed_won_reason) => portal.edit("deals", deal, { closed_won_reason }),
    moveAccount: (company, city) => portal.edit("companies", company, { city }),
    assign: (deal, hubspot_owner_id) => portal.edit("deals", deal, { hubspot_owner_id }),
    // A deal that the API made has no owner: whoever takes it over is.
    joinAccount: (deal, company) => {
      join(deal, company);
      portal.edit("deals", deal, { hubspot_owner_id: owners[0] });
    },
    remove: (deal) => portal.archive("deals", deal),
    restore: (deal) => portal.restore("deals", deal),
    mergeAccounts: (winner, loser) => void portal.merge("companies", winner, loser),
    mergeContacts: (winner, loser) => void portal.merge("contacts", winner, loser),
    mergeDeals: (winner, loser) => portal.merge("deals", winner, loser),
  };
}

/** What every deal of the story has. */
const usual: Fields = {
  dealtype: "newbusiness",
  aws_use_case: "Storage & Backup",
  aws_delivery_models: "SaaS or PaaS",
  aws_primary_needs: "Co-Sell - Deal Support",
  aws_sales_activities: "Conducted POC / Demo",
};

function fieldsOf(deal: Partial<StoryDeal>): Fields {
  const fields: Readonly<Record<keyof StoryDeal, Fields[string]>> = {
    title: deal.title,
    shared: deal.shared,
    stage: deal.stage === undefined ? undefined : (stageInHubspot[deal.stage] ?? null),
    // Some time in the portal's day, as HubSpot's own pages set it.
    closeDate: deal.closeDate === undefined ? undefined : `${deal.closeDate}T17:00:00Z`,
    monthlySpend: deal.monthlySpend,
    nextSteps: deal.nextSteps,
    problem: deal.problem,
    comments: deal.comments,
    solutions: deal.solutions?.join(";"),
    lossReason: deal.lossReason,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[propertyNames[name as keyof StoryDeal], value]],
    ),
  );
}

const propertyNames: Readonly<Record<keyof StoryDeal, string>> = {
  title: "dealname",
  shared: "aws_cosell",
  stage: "dealstage",
  closeDate: "closedate",
  monthlySpend: "aws_monthly_spend",
  nextSteps: "hs_next_step",
  problem: "aws_business_problem",
  comments: "aws_additional_comments",
  solutions: "aws_solutions",
  lossReason: "aws_closed_lost_reason",
};

/** Referrals of customers in Japan are records at once: the seller ticks the box for co-selling, or leaves it. */
function earlyMapping(): InvitationMapping {
  const { invitation, findings } = loadMapping({
    file: "early.yaml",
    text: [
      "version: 1",
      "kind: invitation",
      "id: story.early",
      "crm: { connector: hubspot, object: deals }",
      "match:",
      "  Invitation.Payload.OpportunityInvitation.Customer.CountryCode: { eq: JP }",
      "inbound:",
      "  dealname: { from: Invitation.Payload.OpportunityInvitation.Customer.CompanyName, required: true }",
      "  pipeline: { const: default }",
      "  dealstage: { const: qualifiedtobuy }",
      "  closedate: { const: '2035-03-31T12:00:00Z' }",
      "  aws_invitation_id: { from: Invitation.Id, required: true }",
    ].join("\n"),
  });
  if (invitation === undefined) throw new Error(`the mapping does not load: ${JSON.stringify(findings)}`);
  return compileInvitationMapping(invitation, { target: partnerCentralTarget });
}
