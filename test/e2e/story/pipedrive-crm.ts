import { type Clock, Secret, silentLogger } from "@cosell/connector";
import { pipedrive } from "@cosell/connector-pipedrive";
import { compileInvitationMapping, type InvitationMapping, loadMapping } from "@cosell/core";
import { demoPipedriveCompany, type PipedriveCompany, type RunningEmulators } from "@cosell/emulator";
import { partnerCentralTarget } from "@cosell/partner-central";
import { invitationMapping } from "../support/invitations.ts";
import { type HeldCompany, pipedriveFacts } from "./pipedrive-facts.ts";
import { stageInPipedrive, statusInPipedrive } from "./pipedrive-words.ts";
import type { StoryCrm, StoryCrmKind, StoryDeal } from "./story-crm.ts";

type Fields = Parameters<PipedriveCompany["edit"]>[2];
const [apiToken = ""] = demoPipedriveCompany.apiTokens;
const industries = ["Retail", "Financial Services", "Software and Internet"];
/** Ids of the people who own deals; the first user of the company is Cosell. */
const firstOwner = 201;

/** Pipedrive in the story: its emulator and its connector. */
export const pipedriveInStory: StoryCrmKind = { name: "Pipedrive", start };

async function start(emulators: RunningEmulators, clock: Clock): Promise<StoryCrm> {
  const { url: instanceUrl, name } = emulators.pipedrive;
  const company = emulators.pipedrive.company();
  // As Pipedrive is on any day: it counts calls, and its search learns of a change some seconds later.
  emulators.pipedrive.configure({ limits: true, searchLagMs: 5000 });
  const config = await pipedrive.config["~standard"].validate({ instanceUrl, apiToken: new Secret(apiToken) });
  if (config.issues !== undefined) throw new Error(JSON.stringify(config.issues));
  const { value } = config;
  return {
    server: name,
    capabilities: pipedrive.capabilities,
    connect: (tokens) => pipedrive.connect(value, { clock, logger: silentLogger, tokens }),
    mapping: "pipedrive.deal",
    invitations: () => ({
      records: [
        { mapping: earlyMapping(), create: "received" },
        { mapping: invitationMapping("mappings/pipedrive.invitation-opportunity.yaml"), create: "accepted" },
      ],
      decisionField: { field: "aws_co_sell", accept: ["Yes"], reject: {} },
    }),
    configuration: { connector: "pipedrive", instanceUrl, apiToken: "!env COSELL_STORY_TOKEN" },
    environment: { COSELL_STORY_TOKEN: apiToken },
    isWrite: (operation) => /\.(create|update|delete|merge)$/.test(operation),
    writeBatch: pipedrive.capabilities.writeBatch,
    ...people(company),
    facts: async () => {
      const response = await fetch(`${emulators.admin.url}/state`);
      const state = (await response.json()) as {
        readonly pipedrive: { readonly companies: Readonly<Record<string, HeldCompany>> };
      };
      const held = state.pipedrive.companies[String(company.companyId)];
      if (held === undefined) throw new Error(`the emulator tells nothing of company ${company.companyId}`);
      return pipedriveFacts(held, company.schema());
    },
  };
}

/** What people do in the company. */
function people(
  company: PipedriveCompany,
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
  let [organizations, deals] = [0, 0];
  const owners: number[] = [];
  const edit = (object: string, id: string, fields: Fields): void => company.edit(object, Number(id), fields);
  return {
    createAccount: ({ name, website, street, city, state, postalCode }) => {
      const [, street_number = "", route = ""] = /^(\d+) (.+)$/.exec(street) ?? [];
      const address = {
        ...{ value: `${street}, ${city}, ${state} ${postalCode}, United States`, street_number, route },
        ...{ locality: city, admin_area_level_1: state, postal_code: postalCode, country: "United States" },
      };
      const industry = industries[(organizations += 1) % industries.length] ?? "";
      const own = ownFields(company, "organizations", { "AWS Industry": industry });
      return String(company.create("organizations", { name, website, address, ...own }));
    },
    createContact: (organization, { firstName, lastName, email }) =>
      String(
        company.create("persons", {
          name: `${firstName} ${lastName}`,
          emails: [{ value: email, primary: true }],
          org_id: Number(organization),
        }),
      ),
    createOwner: ({ firstName, lastName, email }) => {
      const id = firstOwner + owners.length;
      company.putUser({ id, name: `${firstName} ${lastName}`, email, active: true });
      owners.push(id);
      return String(id);
    },
    createDeal: (deal, organization, person) => {
      const owner_id = owners[(deals += 1) % owners.length];
      const { custom_fields, ...fields } = fieldsOf(company, { ...deal });
      const { custom_fields: always } = ownFields(company, "deals", usual);
      return String(
        company.create("deals", {
          ...fields,
          ...{ owner_id, org_id: Number(organization), person_id: Number(person) },
          custom_fields: { ...always, ...custom_fields },
        }),
      );
    },
    edit: (deal, change) => edit("deals", deal, fieldsOf(company, change)),
    editUnmapped: (deal, value) => edit("deals", deal, { probability: value.length }),
    moveAccount: (organization, locality) => {
      const held = company.records("organizations").find(({ id }) => String(id) === organization);
      const address = held?.["address"] as Fields | null | undefined;
      edit("organizations", organization, { address: { ...address, locality } });
    },
    assign: (deal, owner) => edit("deals", deal, { owner_id: Number(owner) }),
    // A deal that the API made belongs to whoever Cosell is: whoever takes it over is its owner.
    joinAccount: (deal, organization) => edit("deals", deal, { org_id: Number(organization), owner_id: owners[0] }),
    remove: (deal) => company.remove("deals", Number(deal)),
    restore: (deal) => company.restore("deals", Number(deal)),
    mergeAccounts: (winner, loser) => company.merge("organizations", Number(loser), Number(winner)),
    mergeContacts: (winner, loser) => company.merge("persons", Number(loser), Number(winner)),
    // The winner keeps its id and its opportunity. The other one is deleted, and nothing of it says why.
    mergeDeals: (winner, loser) => {
      company.merge("deals", Number(loser), Number(winner));
      return loser;
    },
  };
}

/** What every deal of the story has. */
const usual = {
  "AWS Use Case": "Storage & Backup",
  "AWS Delivery Models": ["SaaS or PaaS"],
  "AWS Primary Needs": ["Co-Sell - Deal Support"],
  "AWS Sales Activities": ["Conducted POC / Demo"],
};

function fieldsOf(company: PipedriveCompany, deal: Partial<StoryDeal>): { readonly custom_fields: Fields } & Fields {
  const { stage, shared, monthlySpend } = deal;
  const stages = company.schema().pipelines.flatMap((pipeline) => pipeline.stages);
  const named = stage === undefined ? undefined : stages.find(({ name }) => name === stageInPipedrive[stage])?.id;
  const own = {
    "AWS Co-Sell": shared === undefined ? undefined : shared ? "Yes" : "No",
    "AWS Monthly Spend":
      monthlySpend === null || monthlySpend === undefined ? monthlySpend : { value: monthlySpend, currency: "USD" },
    "AWS Next Steps": deal.nextSteps,
    "AWS Business Problem": deal.problem,
    "AWS Additional Comments": deal.comments,
    "AWS Solutions": deal.solutions?.join(";"),
    "AWS Closed Lost Reason": deal.lossReason,
  };
  return {
    ...given({ title: deal.title, expected_close_date: deal.closeDate, stage_id: named }),
    ...(stage !== undefined && { status: statusInPipedrive[stage] ?? "open" }),
    ...ownFields(company, "deals", own),
  };
}

/** The company's own fields by their keys, choices by their ids. */
function ownFields(company: PipedriveCompany, object: string, values: Fields): { readonly custom_fields: Fields } {
  const { fields } = company.schema().object(object);
  const stored = Object.entries(given(values)).map(([name, value]) => {
    const options = fields.find((field) => field.custom && field.name === name)?.options;
    const idOf = (label: unknown): unknown => options?.find((option) => option.label === label)?.id ?? null;
    const kept = options === undefined ? value : Array.isArray(value) ? value.map(idOf) : idOf(value);
    return [company.keyOf(object, name), kept] as const;
  });
  return { custom_fields: Object.fromEntries(stored) };
}

const given = (values: Fields): Fields =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Referrals of customers in Japan are records at once: the seller marks them for co-selling, or leaves them. */
function earlyMapping(): InvitationMapping {
  const { invitation, findings } = loadMapping({
    file: "early.yaml",
    text: [
      "version: 1",
      "kind: invitation",
      "id: story.early",
      "crm: { connector: pipedrive, object: deals }",
      "match:",
      "  Invitation.Payload.OpportunityInvitation.Customer.CountryCode: { eq: JP }",
      "inbound:",
      "  title: { from: Invitation.Payload.OpportunityInvitation.Customer.CompanyName, required: true }",
      "  stage: { const: Contact Made }",
      "  expected_close_date: { const: '2035-03-31' }",
      "  aws_invitation_id: { from: Invitation.Id, required: true }",
    ].join("\n"),
  });
  if (invitation === undefined) throw new Error(`the mapping does not load: ${JSON.stringify(findings)}`);
  return compileInvitationMapping(invitation, { target: partnerCentralTarget });
}
