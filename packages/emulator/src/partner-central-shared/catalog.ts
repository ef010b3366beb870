import type { JsonObject } from "../kernel/index.ts";

/** AWS's two catalogs: production and the one to try things in. */
export const catalogs = ["AWS", "Sandbox"] as const;
export type Catalog = (typeof catalogs)[number];

/**
 * The catalog that an input names. Operations on tags name it in the ARN only; operations that name none work on the
 * account itself, which is kept with `AWS`. Undefined: there is no such catalog.
 */
export function catalogOf({ Catalog, ResourceArn }: JsonObject): Catalog | undefined {
  const name = typeof ResourceArn === "string" ? /:catalog\/(\w+)\//.exec(ResourceArn)?.[1] : Catalog;
  return catalogs.find((catalog) => catalog === (name ?? "AWS"));
}
