import { describe, expect, it } from "@jest/globals";
import { domainOf } from "./likely-duplicates.ts";

describe("domainOf", () => {
  it.each([
    ["https://www.Globex.example/shop?x=1", "globex.example"],
    ["globex.example", "globex.example"],
    ["shop.globex.example", "shop.globex.example"],
    ["http://globex.example:8080", "globex.example"],
    ["n/a", undefined],
    ["unknown", undefined],
    ["http://", undefined],
    [undefined, undefined],
  ])("%s: %s", (website, domain) => {
    expect(domainOf(website)).toBe(domain);
  });
});
