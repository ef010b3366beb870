import { manualClock, startPartnerCentral, type RunningPartnerCentral } from "@cosell/emulator";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fixtures from "./fixtures.json" with { type: "json" };
import { shapeDifferences, type Shape, type ShapeException } from "./shape.ts";
import { answersOf } from "./situations.ts";

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
  ].map((path) => ({ path, reason: "In the model of August 2026, newer than the recording." })),
  ...["Payload.LeadInvitation", "Payload.OpportunityInvitation"].map((path) => ({
    path,
    reason: "A union: an answer has one of them. The emulator plays referrals of opportunities, not of leads.",
  })),
];

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
    expect(shapeDifferences(shape as unknown as Shape, answers.get(operation), exceptions)).toEqual([]);
  });

  it("needs every exception", () => {
    const unneeded = exceptions.filter((exception) => {
      const others = exceptions.filter((other) => other !== exception);
      return fixtures.every(
        ({ operation, shape }) =>
          shapeDifferences(shape as unknown as Shape, answers.get(operation), others).length === 0,
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
