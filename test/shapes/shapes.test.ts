import { manualClock, startPartnerCentral, type RunningPartnerCentral } from "@cosell/emulator";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fixtures from "./fixtures.json" with { type: "json" };
import { shapeDifferences, type Shape, type ShapeException } from "./shape.ts";
import { answersOf } from "./situations.ts";

const renamed = "Recorded before the service was released, and named otherwise in the model.";

/** Members that not every recording has. */
const exceptions: readonly ShapeException[] = [
  ...[
    "Project.AwsPartition",
    "Project.ExpectedContractDuration",
    "RelatedEntityIdentifiers.AwsMarketplaceOfferSets",
    "RelatedEntityIdentifiers.AwsMarketplaceSolutions",
    "RelatedEntityIdentifiers.AwsMarketplaceProducts",
    "RelatedEntityIds.AwsMarketplaceSolutions",
    "RelatedEntityIds.AwsMarketplaceProducts",
    "SolutionSummaries[].AwsMarketplaceSolutionArn",
    "CosellMotion",
    "Insights.OpportunityQuality",
    "Insights.Recommendations",
    "EnrichmentContext",
    "EngagementInvitationSummaries[].ParticipantType",
    "Contexts[].Id",
    "Contexts[].Payload.Lead.Insights",
    "ModifiedAt",
    "ModifiedBy",
    "EngagementSummaryList[].ContextTypes",
    "EngagementResourceAssociationSummaries[].CreatedBy",
    "TargetMemberAccounts",
  ].map((path) => ({ path, reason: "In the model of August 2026, newer than the recording." })),
  ...[
    "EngagementResourceAssociationSummaries[].ResourceArn",
    "EngagementResourceAssociationSummaries[].ResourceOwner",
  ].map((path) => ({ path, reason: renamed })),
  ...[
    "CreatedAt",
    "CreatedDate",
    "EngagementId",
    "EngagementIdentifier",
    "LastSuccessfulExecution",
    "LastSuccessfulExecutionDate",
  ].map((path) => ({ path, reason: renamed, operation: "GetResourceSnapshotJob" })),
  ...[
    "Payload.LeadInvitation",
    "Payload.OpportunityInvitation",
    "Contexts[].Payload.Lead",
    "Contexts[].Payload.CustomerProject",
  ].map((path) => ({ path, reason: "A union: an answer has one of them." })),
];

const exceptionsOf = (operation: string, among = exceptions): readonly ShapeException[] =>
  among.filter((exception) => exception.operation === undefined || exception.operation === operation);

let world: RunningPartnerCentral;
let answers: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  world = await startPartnerCentral({ clock: manualClock(Date.parse("2026-01-15T09:00:00Z")) });
  answers = await answersOf(world);
});
afterAll(() => world.close());

describe("the emulator's answers have the shapes that AWS was recorded with", () => {
  it.each(fixtures)("$operation ($recording)", ({ operation, shape }) => {
    expect(answers.has(operation)).toBe(true);
    expect(shapeDifferences(shape as unknown as Shape, answers.get(operation), exceptionsOf(operation))).toEqual([]);
  });

  it("needs every exception", () => {
    const unneeded = exceptions.filter((exception) => {
      const others = exceptions.filter((other) => other !== exception);
      return fixtures.every(
        ({ operation, shape }) =>
          shapeDifferences(shape as unknown as Shape, answers.get(operation), exceptionsOf(operation, others))
            .length === 0,
      );
    });
    expect(unneeded).toEqual([]);
  });
});

describe("shapeDifferences", () => {
  const recorded: Shape = {
    types: ["object"],
    members: { a: { types: ["null", "string"] }, b: { types: ["list"], items: { types: ["string"] } } },
  };

  it.each([
    [{ a: 1, b: [] }, "a", "is number"],
    [{ a: null, b: [1] }, "b[]", "is number"],
    [{ b: [] }, "a", "is missing"],
    [{ a: null, b: null, c: 1 }, "c", "was not recorded"],
  ])("finds %j", (value, path, problem) => {
    expect(shapeDifferences(recorded, value, [])).toEqual([{ path, problem: expect.stringContaining(problem) }]);
  });
});
