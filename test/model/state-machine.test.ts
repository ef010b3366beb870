import { isDeepStrictEqual } from "node:util";
import { PartnerCentralSelling } from "@aws-sdk/client-partnercentral-selling";
import type { JsonObject, JsonValue } from "@cosell/connector";
import { manualClock, startPartnerCentral, type RunningPartnerCentral } from "@cosell/emulator";
import {
  associationRules,
  closedLists,
  enums,
  lockOf,
  operationOf,
  services,
  stageMove,
  type Member,
} from "@cosell/partner-central/model";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { minimalValue, withMember } from "./generate.ts";

const { model } = services.selling;
const Catalog = "AWS";
const Identifier = "O1000001";

/** Where in its life an opportunity is: what decides about locks. */
interface LifeState {
  readonly reviewStatus: string;
  readonly stage: string;
  readonly origin: string;
}

const statuses = enums["ReviewStatus"] ?? [];
const stages = enums["Stage"] ?? [];
const states: readonly LifeState[] = [
  ...statuses.map((reviewStatus) => ({ reviewStatus, stage: "Qualified", origin: "Partner Referral" })),
  ...["Launched", "Closed Lost"].map((stage) => ({ reviewStatus: "Approved", stage, origin: "Partner Referral" })),
  ...["Qualified", "Launched"].map((stage) => ({ reviewStatus: "Approved", stage, origin: "AWS Referral" })),
];

/** Everything that an update can change: structures member by member, a list as a whole. */
const writable: readonly Member[] = (operationOf("UpdateOpportunity")?.input ?? []).filter(
  ({ path, type }) =>
    type !== "structure" && !/\[\]|\{\}/.test(path) && !["Catalog", "Identifier", "LastModifiedDate"].includes(path),
);
/** AWS's own parts of the review: what an update says of them is not looked at. */
const notLookedAt = ["LifeCycle.ReviewComments", "LifeCycle.ReviewStatusReason", "LifeCycle.NextStepsHistory"];

let world: RunningPartnerCentral;
let client: PartnerCentralSelling;
/** A Partner Central that holds one opportunity, with a solution. */
let prepared: ReturnType<RunningPartnerCentral["partnerCentral"]["state"]>;
beforeAll(async () => {
  world = await startPartnerCentral({ clock: manualClock(Date.parse("2026-01-15T09:00:00Z")) });
  client = new PartnerCentralSelling({
    endpoint: world.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "not checked" },
    maxAttempts: 1,
  });
  await client.createOpportunity({
    Catalog,
    PrimaryNeedsFromAws: ["Co-Sell - Deal Support"],
    Customer: {
      Account: {
        CompanyName: "Example Bakery",
        Industry: "Retail",
        WebsiteUrl: "https://bakery.example.com",
        Address: { CountryCode: "US", PostalCode: "10001", StateOrRegion: "New York" },
      },
    },
    LifeCycle: { Stage: "Qualified", TargetCloseDate: "2026-12-31", ClosedLostReason: "Other" },
    Marketing: { Source: "Marketing Activity", AwsFundingUsed: "Yes" },
    Project: {
      Title: "Bake in the cloud",
      CustomerUseCase: "Storage & Backup",
      DeliveryModels: ["SaaS or PaaS"],
      ExpectedCustomerSpend: [{ Amount: "100", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
    },
  });
  await associate("Solutions", "S-0001111");
  prepared = world.partnerCentral.state();
});
afterAll(async () => {
  client.destroy();
  await world.close();
});

const associate = (type: string, entity: string) =>
  client.associateOpportunity({
    Catalog,
    OpportunityIdentifier: Identifier,
    RelatedEntityType: type as "Solutions",
    RelatedEntityIdentifier: entity,
  });

/** Puts the opportunity into a state, whatever was done to it before. */
function enter({ reviewStatus, stage, origin }: LifeState): void {
  const document = structuredClone(prepared);
  for (const space of Object.values(document.spaces)) {
    for (const [id, stored] of Object.entries(space.opportunities)) {
      const LifeCycle = { ...stored.body.LifeCycle, ReviewStatus: reviewStatus, Stage: stage };
      space.opportunities[id] = { ...stored, origin, body: { ...stored.body, LifeCycle } };
    }
  }
  world.partnerCentral.load(document);
}

/** What AWS's client reads, as the input of an update that changes nothing. */
async function echo(): Promise<JsonObject> {
  const read = (await client.getOpportunity({ Catalog, Identifier })) as unknown as JsonObject;
  const known = Object.keys(minimalInput).concat(writable.map(({ path }) => path.split(".")[0] ?? ""));
  return { ...Object.fromEntries(Object.entries(read).filter(([member]) => known.includes(member))), Identifier };
}
const minimalInput = minimalValue(model, "UpdateOpportunityRequest") as JsonObject;

/** Another value than the present one, of those that AWS takes. */
function other(member: Member, present: JsonValue | undefined): JsonValue {
  const list = closedLists.find(({ path }) => path === member.path || path === `${member.path}[]`);
  const item = operationOf("UpdateOpportunity")?.input.find(({ path }) => path === `${member.path}[]`);
  const among = list?.values ?? enums[item?.enumName ?? member.enumName ?? ""];
  const fixed = member.shape === "Date" ? "2027-05-05" : particular[member.path];
  const value = among?.find((each) => each !== present && (!Array.isArray(present) || !present.includes(each)));
  const next = fixed ?? value ?? minimalValue(model, item?.shape ?? member.shape);
  return item === undefined || fixed !== undefined ? next : [next];
}

/** A contract duration has both members, and the months must be a number. */
const months = "Project.ExpectedContractDuration.Value";

/** Values where AWS's rules ask for more than the model. */
const particular: Readonly<Record<string, JsonValue>> = {
  [months]: "12",
  "Project.ExpectedCustomerSpend": [{ Amount: "250", CurrencyCode: "EUR", Frequency: "Monthly", TargetCompany: "AWS" }],
};

function valueAt(object: JsonObject, path: string): JsonValue | undefined {
  return path
    .split(".")
    .reduce<JsonValue | undefined>((value, member) => (value as JsonObject | undefined)?.[member], object);
}

/** Sends one change, and says what became of it. */
async function attempt(member: Member): Promise<"editable" | "locked" | "ignored" | object> {
  const before = await echo();
  const present = valueAt(before, member.path);
  const value = other(member, present);
  const changed = withMember(model, "UpdateOpportunityRequest", before, member.path, { value });
  const isTerm = member.path === "Project.ExpectedContractDuration.Term";
  const input = isTerm ? withMember(model, "UpdateOpportunityRequest", changed, months, { value: "12" }) : changed;
  const failure: unknown = await client.updateOpportunity(input as never).then(
    () => undefined,
    (error: unknown) => error,
  );
  const after = valueAt(await echo(), member.path);
  if (failure === undefined)
    return isDeepStrictEqual(after, value) ? "editable" : isDeepStrictEqual(after, present) ? "ignored" : { after };
  const { name, ErrorList = [] } = failure as {
    name: string;
    ErrorList?: readonly { FieldName?: string; Code?: string }[];
  };
  const named = ErrorList.some(({ FieldName, Code }) => FieldName === member.path && Code === "ACTION_NOT_PERMITTED");
  return name === "ValidationException" && named && isDeepStrictEqual(after, present) ? "locked" : { name, ErrorList };
}

describe.each(states)("an opportunity that is $reviewStatus, in stage $stage, by $origin", (state) => {
  it("takes, refuses and ignores changes of each field as the lock table says", async () => {
    expect(writable.length).toBeGreaterThan(40);
    for (const member of writable) {
      enter(state);
      const locked = notLookedAt.includes(member.path) ? "ignored" : "locked";
      const { lock } = lockOf(member.path, state);
      const isReviewed = state.reviewStatus === "Rejected" || ["Submitted", "In review"].includes(state.reviewStatus);
      const expected = notLookedAt.includes(member.path) && isReviewed ? "refused" : lock === "locked" ? locked : lock;
      const found = await attempt(member);
      // Under review even an update without a change is refused, with the review status as the field.
      if (expected === "refused")
        expect({ [member.path]: found }).toEqual({
          [member.path]: { name: "ValidationException", ErrorList: expect.anything() },
        });
      else expect({ [member.path]: found }).toEqual({ [member.path]: expected });
    }
  });

  it("takes associations and an assignee as the lock table says", async () => {
    const isTaken = async (call: Promise<unknown>): Promise<boolean> =>
      call.then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ name: "ValidationException", ErrorList: [{ Code: "ACTION_NOT_PERMITTED" }] });
          return false;
        },
      );
    for (const { type } of associationRules) {
      enter(state);
      const editable = lockOf(`RelatedEntityIdentifiers.${type}`, state).lock === "editable";
      const entity = type === "Solutions" ? "S-0001112" : "anything";
      expect({ [type]: await isTaken(associate(type, entity)) }).toEqual({ [type]: editable });
    }
    enter(state);
    const Assignee = {
      Email: "o@example.com",
      FirstName: "O",
      LastName: "O",
      BusinessTitle: "OpportunityOwner" as const,
    };
    const assigned = await isTaken(client.assignOpportunity({ Catalog, Identifier, Assignee }));
    expect(assigned).toBe(lockOf("Assignee", state).lock === "editable");
  });
});

describe("the stage", () => {
  it.each(statuses)("of an opportunity that is %s moves as the order of stages says", async (reviewStatus) => {
    for (const stage of stages) {
      for (const next of stages.filter((each) => each !== stage)) {
        const state = { reviewStatus, stage, origin: "Partner Referral" };
        enter(state);
        const before = await echo();
        const input = withMember(model, "UpdateOpportunityRequest", before, "LifeCycle.Stage", { value: next });
        const taken = await client.updateOpportunity(input as never).then(
          () => true,
          () => false,
        );
        const after = valueAt(await echo(), "LifeCycle.Stage");
        const { lock } = stageMove(state, next);
        const expected = { from: stage, to: next, taken: lock !== "locked", after: lock === "editable" ? next : stage };
        expect({ from: stage, to: next, taken, after }).toEqual(expected);
      }
    }
  });
});

describe("an update that is out of date", () => {
  it("is a conflict, whatever it changes, and changes nothing", async () => {
    enter({ reviewStatus: "Pending Submission", stage: "Qualified", origin: "Partner Referral" });
    const stale = await echo();
    await client.updateOpportunity(stale as never);
    const now = await echo();

    for (const input of [
      stale,
      withMember(model, "UpdateOpportunityRequest", stale, "Project.Title", { value: "Late" }),
    ]) {
      await expect(client.updateOpportunity(input as never)).rejects.toMatchObject({ name: "ConflictException" });
    }
    expect(await echo()).toEqual(now);
  });
});
