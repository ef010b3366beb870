import type { JsonObject } from "@cosell/connector";
import { isStructure } from "../model/opportunity-facts.ts";
import { awsProducts } from "./generated/aws-products.ts";
import { counted, textAt, textsAt, withoutAbsent } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome, type WorkflowStep } from "./workflow.ts";
import type { InputMember } from "./workflow-input.ts";

/** What is looked for: words that must all be there, in any member. */
interface LookupInput {
  readonly text?: string;
}

const text: InputMember = {
  name: "text",
  like: { operation: "CreateOpportunity", path: "Project.Title" },
  describes: "words that must all be there; without any everything is listed",
};

/** Own solutions, as AWS lists them. */
export const lookupSolutions = defineWorkflow<"list">({
  name: "lookup solutions",
  summary: "find solutions to attach",
  input: [text],
  steps: { list: "List the solutions" },
  readsOnly: true,
  run: async (run, input: LookupInput) => {
    const all = await run.step("list", solutions);
    const rows = all.map((solution) =>
      withoutAbsent({
        id: textAt(solution, "Id"),
        name: textAt(solution, "Name"),
        category: textAt(solution, "Category"),
        status: textAt(solution, "Status"),
        marketplace: textAt(solution, "AwsMarketplaceSolutionArn"),
      }),
    );
    const found = matching(rows, input);
    return outcomeOf(`${counted(found.length, "solution")} found.`, found);
  },
});

/** AWS's products. AWS has no operation that lists them, so this release's own list is searched. */
export const lookupProducts = defineWorkflow<"search">({
  name: "lookup products",
  summary: "find AWS products to attach, without any call",
  input: [text],
  steps: { search: "Search the list of products" },
  readsOnly: true,
  run: async (run, input: LookupInput) => {
    const rows = await run.step("search", async () =>
      matching(
        awsProducts.map(([id, name, family]) => ({ id, name, family })),
        input,
      ),
    );
    const advice =
      rows.length > 0
        ? []
        : ["AWS has no list of products to ask: a newer one is attached by AWS's identifier all the same."];
    return outcomeOf(`${counted(rows.length, "product")} found in this release's list.`, rows, advice);
  },
});

const related = {
  AwsMarketplaceOffers: "offer",
  AwsMarketplaceOfferSets: "offer set",
  AwsMarketplaceProducts: "product",
  AwsMarketplaceSolutions: "solution",
} as const;
/** Each costs a read: the newest opportunities tell what is in use. */
const mostOpportunities = 100;

/**
 * What of AWS Marketplace the account's newest opportunities carry, and the Marketplace solutions that its own solutions are
 * linked to. Partner Central itself lists no offers and no products.
 */
export const lookupOffers = defineWorkflow<"solutions" | "list" | "read">({
  name: "lookup offers",
  summary: "find Marketplace offers, products and solutions that your solutions and newest opportunities name",
  input: [text],
  steps: {
    solutions: "List the solutions",
    list: "List the newest opportunities",
    read: "Read what is attached to them",
  },
  readsOnly: true,
  run: async (run, input: LookupInput) => {
    const linked = (await run.step("solutions", solutions)).flatMap((solution) => {
      const id = textAt(solution, "AwsMarketplaceSolutionArn");
      if (id === undefined) return [];
      return [{ id, kind: "solution", of: textAt(solution, "Id") ?? "", title: textAt(solution, "Name") ?? "" }];
    });
    const { newest, more } = await run.step("list", async (step) => {
      const sort = { SortBy: "LastModifiedDate", SortOrder: "DESCENDING" };
      const answer = await step.read("ListOpportunities", { MaxResults: mostOpportunities, Sort: sort });
      const summaries = answer["OpportunitySummaries"];
      return {
        newest: Array.isArray(summaries) ? summaries.filter(isStructure).flatMap((one) => textAt(one, "Id") ?? []) : [],
        more: textAt(answer, "NextToken") !== undefined,
      };
    });
    const rows = await run.step("read", async (step) => {
      const found = new Map<string, JsonObject>(linked.map((row) => [row.id, row]));
      for (const id of newest) {
        const opportunity = await step.read("GetOpportunity", { Identifier: id });
        const title = textAt(opportunity, "Project.Title") ?? "";
        for (const [type, kind] of Object.entries(related)) {
          for (const arn of textsAt(opportunity, `RelatedEntityIdentifiers.${type}`)) {
            if (!found.has(arn)) found.set(arn, { id: arn, kind, of: id, title });
          }
        }
      }
      return [...found.values()];
    });
    const found = matching(rows, input);
    const looked = `${more ? "the newest " : ""}${counted(newest.length, "opportunity", "opportunities")}`;
    return outcomeOf(
      `${counted(found.length, "Marketplace entity", "Marketplace entities")} found in your solutions and ${looked}.`,
      found,
      [
        "Partner Central lists no offers and no products: what nothing of yours names yet is not here. Its ARN stands in the AWS Marketplace Management Portal.",
      ],
    );
  },
});

/** The account's own solutions. */
function solutions(step: WorkflowStep): Promise<readonly JsonObject[]> {
  return step.readAll("ListSolutions", { MaxResults: 100 });
}

function matching(rows: readonly JsonObject[], { text: wanted = "" }: LookupInput): readonly JsonObject[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const all = Object.values(row)
      .filter((value) => typeof value === "string")
      .join(" ")
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function outcomeOf(summary: string, found: readonly JsonObject[], next: readonly string[] = []): WorkflowOutcome {
  return { status: "done", summary, next, result: { found } };
}
