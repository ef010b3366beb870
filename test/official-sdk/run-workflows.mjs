// Six workflows against a Partner Central that runs, with AWS's own clients alone; a line for each step.
//
//   node run-workflows.mjs <selling-url> <account-url> [<admin-url>]
//
// The admin face of `cosell emulator` stands in for the mailbox that gets the e-mail verification code. It is asked for
// nothing else. Without it, the code is taken from EMAIL_CODE.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { GetEngagementCommand, paginateListOpportunities } from "@aws-sdk/client-partnercentral-selling";
import { exactText, partner } from "./clients.mjs";

const [sellingUrl, accountUrl, adminUrl] = process.argv.slice(2);
if (sellingUrl === undefined || accountUrl === undefined) {
  console.error("Usage: node run-workflows.mjs <selling-url> <account-url> [<admin-url>]");
  process.exit(2);
}
const Catalog = "Sandbox";
const one = partner("AKIACOSELLPARTNERONE", { sellingUrl, accountUrl });
const two = partner("AKIACOSELLPARTNERTWO", { sellingUrl, accountUrl });
const accountTwo = "444455556666";

const step = (text) => console.log(`  ${text}`);
const token = () => randomUUID();

const deal = (title) => ({
  Catalog,
  ClientToken: token(),
  Origin: "Partner Referral",
  OpportunityType: "Net New Business",
  PrimaryNeedsFromAws: ["Co-Sell - Deal Support"],
  Customer: {
    Account: {
      CompanyName: "Example Bakery",
      Industry: "Retail",
      WebsiteUrl: "https://bakery.example.com",
      Address: { CountryCode: "US", PostalCode: "10001", StateOrRegion: "New York" },
    },
  },
  LifeCycle: { Stage: "Qualified", TargetCloseDate: `${new Date().getUTCFullYear() + 1}-12-31` },
  Marketing: { Source: "None" },
  Project: {
    Title: title,
    CustomerBusinessProblem: "The ovens of all shops cannot be watched from one place.",
    CustomerUseCase: "Storage & Backup",
    DeliveryModels: ["SaaS or PaaS"],
    SalesActivities: ["Conducted POC / Demo"],
    ExpectedCustomerSpend: [{ Amount: "2500", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
  },
});

/** Reads an opportunity and writes it back with a change: an update replaces everything. */
async function update(id, change) {
  const read = await one.selling.getOpportunity({ Catalog, Identifier: id });
  const { Customer, LifeCycle, Marketing, NationalSecurity, OpportunityType, PartnerOpportunityIdentifier } = read;
  const { PrimaryNeedsFromAws, Project, SoftwareRevenue, LastModifiedDate } = read;
  const present = { Customer, LifeCycle, Marketing, NationalSecurity, OpportunityType, PartnerOpportunityIdentifier };
  const whole = { ...present, PrimaryNeedsFromAws, Project, SoftwareRevenue };
  return one.selling.updateOpportunity({ Catalog, Identifier: id, LastModifiedDate, ...whole, ...change(whole) });
}

const lifeCycle =
  (members) =>
  ({ LifeCycle }) => ({ LifeCycle: { ...LifeCycle, ...members } });
const statusOf = async (id) => (await one.selling.getOpportunity({ Catalog, Identifier: id })).LifeCycle.ReviewStatus;

async function coSell() {
  const { Id } = await one.selling.createOpportunity(deal("Bake in the cloud"));
  step(`created ${Id}`);
  const { SolutionSummaries } = await one.selling.listSolutions({ Catalog, Status: ["Active"] });
  const related = { RelatedEntityType: "Solutions", RelatedEntityIdentifier: SolutionSummaries[0].Id };
  await one.selling.associateOpportunity({ Catalog, OpportunityIdentifier: Id, ...related });
  step(`associated ${related.RelatedEntityIdentifier}`);
  const task = await one.selling.startEngagementFromOpportunityTask({
    Catalog,
    ClientToken: token(),
    Identifier: Id,
    AwsSubmission: { InvolvementType: "Co-Sell", Visibility: "Full" },
  });
  assert.equal(task.TaskStatus, "COMPLETE");
  assert.equal(await statusOf(Id), "Submitted");
  step(`submitted by ${task.TaskId}: Submitted`);
  await assert.rejects(update(Id, lifeCycle({ NextSteps: "Too early" })), { name: "ValidationException" });
  step("an edit during the review is refused");
  await update(Id, lifeCycle({ ReviewStatus: "Action Required", ReviewComments: "Say more." }));
  assert.equal(await statusOf(Id), "Action Required");
  step("the reviewer asks for a correction: Action Required");
  await update(Id, ({ Project }) => ({
    Project: { ...Project, CustomerBusinessProblem: "Nobody sees from one place which of the ovens runs too hot." },
  }));
  assert.equal(await statusOf(Id), "Submitted");
  step("corrected: Submitted");
  await update(Id, lifeCycle({ ReviewStatus: "Approved" }));
  const summary = await one.selling.getAwsOpportunitySummary({ Catalog, RelatedOpportunityIdentifier: Id });
  assert.equal(await statusOf(Id), "Approved");
  assert.ok(summary.OpportunityTeam.length > 0);
  step(`the reviewer approves: Approved, with ${summary.OpportunityTeam.length} people of AWS`);
  for (const Stage of ["Technical Validation", "Committed", "Launched"]) await update(Id, lifeCycle({ Stage }));
  step("launched");
}

async function engagementByTask() {
  const titles = [`Referral ${token()}`, `Referral ${token()}`];
  for (const title of titles) await one.selling.createOpportunity({ ...deal(title), Origin: "AWS Referral" });
  const { EngagementInvitationSummaries: invitations } = await one.selling.listEngagementInvitations({
    Catalog,
    ParticipantType: "RECEIVER",
    Status: ["PENDING"],
    PayloadType: ["OpportunityInvitation"],
  });
  assert.ok(invitations.length >= 2);
  step(`${invitations.length} invitations from AWS`);
  const { Payload } = await one.selling.getEngagementInvitation({ Catalog, Identifier: invitations[0].Id });
  step(`read one: ${Payload.OpportunityInvitation.Customer.CompanyName}`);
  const task = await one.selling.startEngagementByAcceptingInvitationTask({
    Catalog,
    ClientToken: token(),
    Identifier: invitations[0].Id,
  });
  const { TaskSummaries } = await one.selling.listEngagementByAcceptingInvitationTasks({
    Catalog,
    TaskIdentifier: [task.TaskId],
  });
  assert.equal(TaskSummaries[0].OpportunityId, task.OpportunityId);
  assert.equal(await statusOf(task.OpportunityId), "Approved");
  step(`accepted by ${task.TaskId}: ${task.OpportunityId} is Approved`);
  const RejectionReason = "Customer problem unclear";
  await one.selling.rejectEngagementInvitation({ Catalog, Identifier: invitations[1].Id, RejectionReason });
  const rejected = await one.selling.getEngagementInvitation({ Catalog, Identifier: invitations[1].Id });
  assert.equal(rejected.Status, "REJECTED");
  step("rejected the other one");
}

/** What a person finds in the mailbox. */
async function emailCode(email) {
  if (adminUrl === undefined) return process.env.EMAIL_CODE;
  const { partnerCentralAccount } = await (await fetch(`${adminUrl}/state`)).json();
  return partnerCentralAccount.emailCodes.findLast((sent) => sent.email === email).code;
}

async function setUp({ account }, name) {
  const Email = `${name.toLowerCase()}@example.com`;
  await account.sendEmailVerificationCode({ Catalog, Email });
  const contact = { FirstName: "Ada", LastName: "Lead", BusinessTitle: "Alliances", Email };
  const { Id: Identifier } = await account.createPartner({
    Catalog,
    ClientToken: token(),
    LegalName: `${name} Ltd`,
    PrimarySolutionType: "CONSULTING_SERVICES",
    AllianceLeadContact: contact,
    EmailVerificationCode: await emailCode(Email),
  });
  step(`${name}: created ${Identifier}`);
  await account.startProfileUpdateTask({
    Catalog,
    ClientToken: token(),
    Identifier,
    TaskDetails: {
      DisplayName: name,
      Description: "We bring bakeries into the cloud.",
      WebsiteUrl: "https://partner.example.com",
      LogoUrl: "https://partner.example.com/logo.png",
      PrimarySolutionType: "CONSULTING_SERVICES",
      IndustrySegments: ["OTHER"],
      TranslationSourceLocale: "en-US",
    },
  });
  const { Status } = await account.getProfileUpdateTask({ Catalog, Identifier });
  assert.equal(Status, "SUCCEEDED");
  const { Visibility } = await account.putProfileVisibility({ Catalog, Identifier, Visibility: "PUBLIC" });
  const { Profile } = await account.getPartner({ Catalog, Identifier });
  assert.equal(Profile.DisplayName, name);
  step(`${name}: profile ${Visibility}`);
}

async function accountSetUp() {
  await setUp(one, "Northwind");
  await setUp(two, "Contoso");
  const { Revision } = await one.account.getConnectionPreferences({ Catalog });
  await one.account.updateConnectionPreferences({ Catalog, Revision, AccessType: "ALLOW_ALL" });
  await assert.rejects(one.account.updateConnectionPreferences({ Catalog, Revision, AccessType: "DENY_ALL" }), {
    name: "ConflictException",
  });
  step("preferences changed once; an older revision is refused");
}

async function partnerConnection() {
  const { Id } = await one.account.createConnectionInvitation({
    Catalog,
    ClientToken: token(),
    ConnectionType: "OPPORTUNITY_COLLABORATION",
    Email: "northwind@example.com",
    Name: "Ada Lead",
    Message: "Let us bake together.",
    ReceiverIdentifier: accountTwo,
  });
  step(`one invites two: ${Id}`);
  const { ConnectionInvitationSummaries: got } = await two.account.listConnectionInvitations({
    Catalog,
    ParticipantType: "RECEIVER",
  });
  assert.equal(got[0].Id, Id);
  const { Connection } = await two.account.acceptConnectionInvitation({
    Catalog,
    ClientToken: token(),
    Identifier: Id,
  });
  const { ConnectionSummaries } = await one.account.listConnections({ Catalog });
  assert.deepEqual(
    ConnectionSummaries.map((connection) => connection.Id),
    [Connection.Id],
  );
  step(`two accepts: ${Connection.Id}`);
}

async function listMirror() {
  const changedSince = async (AfterLastModifiedDate) => {
    const found = [];
    const input = {
      Catalog,
      Sort: { SortBy: "LastModifiedDate", SortOrder: "ASCENDING" },
      ...(AfterLastModifiedDate && { LastModifiedDate: { AfterLastModifiedDate } }),
    };
    for await (const page of paginateListOpportunities({ client: one.selling, pageSize: 2 }, input)) {
      found.push(...page.OpportunitySummaries);
    }
    return found;
  };
  for (const count of [1, 2, 3]) await one.selling.createOpportunity(deal(`Shop ${count}`));
  const all = await changedSince();
  assert.equal(new Set(all.map(({ Id }) => Id)).size, all.length);
  const watermark = all.at(-1).LastModifiedDate;
  step(`read ${all.length} opportunities in pages of 2`);
  assert.deepEqual(await changedSince(watermark), []);
  await update(all.at(-2).Id, lifeCycle({ NextSteps: "Call on Monday" }));
  const changed = await changedSince(watermark);
  assert.deepEqual(
    changed.map(({ Id }) => Id),
    [all.at(-2).Id],
  );
  step(`after a change, 1 since the watermark: ${changed[0].Id}`);
}

async function collaboration() {
  const Contact = { BusinessTitle: "Baker", Email: "baker@example.com", FirstName: "Bea", LastName: "Baker" };
  const interaction = { SourceType: "Campaign", SourceId: "1", SourceName: "Spring", CustomerAction: "Call", Contact };
  const Customer = { CompanyName: "Example Bakery", Industry: "Retail", Address: { CountryCode: "US" } };
  const { Id } = await one.selling.createEngagement({
    Catalog,
    ClientToken: token(),
    Title: "Bakery",
    Description: "A lead from our campaign",
    Contexts: [{ Type: "Lead", Payload: { Lead: { Customer, Interactions: [interaction] } } }],
  });
  step(`opened ${Id} with a lead`);
  const { Id: invitation } = await one.selling.createEngagementInvitation({
    Catalog,
    ClientToken: token(),
    EngagementIdentifier: Id,
    Invitation: {
      Message: "A lead for both of us",
      Receiver: { Account: { AwsAccountId: accountTwo } },
      Payload: {
        LeadInvitation: {
          Customer: { CompanyName: "Example Bakery", CountryCode: "US", Industry: "Retail" },
          Interaction: { SourceType: "Campaign", SourceId: "1", SourceName: "Spring", ContactBusinessTitle: "Baker" },
        },
      },
    },
  });
  await two.selling.acceptEngagementInvitation({ Catalog, Identifier: invitation });
  const { EngagementMemberList } = await two.selling.listEngagementMembers({ Catalog, Identifier: Id });
  assert.equal(EngagementMemberList.length, 2);
  step(`invited two, who accepts: ${EngagementMemberList.length} members`);

  const qualify = async (EngagementLastModifiedAt) =>
    one.selling.updateEngagementContext({
      Catalog,
      EngagementIdentifier: Id,
      ContextIdentifier: "1",
      EngagementLastModifiedAt,
      Type: "Lead",
      Payload: { Lead: { QualificationStatus: "Qualified", Customer } },
    });
  const read = await one.selling.getEngagement({ Catalog, Identifier: Id });
  await assert.rejects(qualify(read.ModifiedAt), { name: "ConflictException" });
  const command = new GetEngagementCommand({ Catalog, Identifier: Id });
  await qualify(await exactText(one.selling, command, "ModifiedAt"));
  step("qualified the lead, against the exact text of ModifiedAt: a Date has lost its nanoseconds");

  const started = await one.selling.startOpportunityFromEngagementTask({
    Catalog,
    ClientToken: token(),
    Identifier: Id,
    ContextIdentifier: "1",
  });
  assert.equal(started.TaskStatus, "COMPLETE");
  step(`the lead becomes ${started.OpportunityId}`);
  const snapshot = await two.selling.getResourceSnapshot({
    Catalog,
    EngagementIdentifier: Id,
    ResourceType: "Opportunity",
    ResourceIdentifier: started.OpportunityId,
    ResourceSnapshotTemplateIdentifier: "OpportunitySummaryView",
  });
  step(`two sees its snapshot, revision ${snapshot.Revision}`);

  const { TaskId } = await one.selling.startProspectingFromEngagementTask({
    Catalog,
    ClientToken: token(),
    Identifiers: [Id],
    TaskName: "Bakeries",
  });
  const { Engagements } = await one.selling.getProspectingFromEngagementTask({ Catalog, TaskIdentifier: TaskId });
  assert.equal(Engagements[0].Status, "COMPLETED");
  step(`prospecting ${TaskId}: what AWS knows about the customer is in the engagement`);

  const { EngagementSummaryList } = await two.selling.listEngagements({ Catalog });
  const { EngagementResourceAssociationSummaries: resources } = await one.selling.listEngagementResourceAssociations({
    Catalog,
    ResourceType: "Opportunity",
    ResourceIdentifier: started.OpportunityId,
  });
  assert.ok(EngagementSummaryList.some((engagement) => engagement.Id === Id));
  assert.equal(resources[0].EngagementId, Id);
  step(`looked up: ${started.OpportunityId} belongs to ${resources[0].EngagementId}`);
}

const workflows = {
  "co-sell": coSell,
  "engagement by task": engagementByTask,
  "account set-up": accountSetUp,
  "partner-to-partner connection": partnerConnection,
  "list mirror": listMirror,
  "engagement collaboration, lead, prospecting and lookup": collaboration,
};
for (const [name, run] of Object.entries(workflows)) {
  console.log(name);
  await run();
}
console.log(`${Object.keys(workflows).length} workflows done.`);
for (const { selling, account } of [one, two]) {
  selling.destroy();
  account.destroy();
}
