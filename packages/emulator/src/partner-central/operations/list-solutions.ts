import type { JsonObject } from "../../kernel/index.ts";
import { listOf, type Call } from "../call.ts";
import { isWanted, pageOf, sorted } from "../../partner-central-shared/paging.ts";
import type { Solution } from "../state.ts";

/** ListSolutions. */
export function listSolutions(call: Call): JsonObject {
  const { catalog, solutions } = call.space;
  const found = Object.values(solutions).filter(
    ({ Id, Status, Category, AwsMarketplaceSolutionArn }) =>
      isWanted(listOf(call, "Identifier"), Id) &&
      isWanted(listOf(call, "Status"), Status) &&
      isWanted(listOf(call, "Category"), Category) &&
      isWanted(listOf(call, "AwsMarketplaceSolutionArn"), AwsMarketplaceSolutionArn ?? ""),
  );
  const keys = {
    Name: ({ Name }: Solution) => Name,
    Status: ({ Status }: Solution) => Status,
    Category: ({ Category }: Solution) => Category,
    CreatedDate: ({ CreatedDate }: Solution) => CreatedDate,
  };
  const order = { sortBy: "Identifier", order: "ASCENDING", id: ({ Id }: Solution) => Id } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  const summary = (solution: Solution): JsonObject => ({
    ...solution,
    // The model gives the member the pattern of an id, and AWS's recorded answers have none.
    Arn: null,
    Catalog: catalog,
  });
  return { SolutionSummaries: items.map(summary), NextToken };
}
