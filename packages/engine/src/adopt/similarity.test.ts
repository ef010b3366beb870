import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { domainOf, similarityOf } from "./similarity.ts";

describe("similarityOf", () => {
  it.each([
    ["Globex - Data platform", "data-platform, Globex", 1],
    ["Data platform", "Data lake", 0.5],
    ["The migration", "A migration", 1],
    ["Café analytics", "CAFE Analytics", 1],
    ["Data platform", "Warehouse", 0],
    ["", "", 0],
  ])("%j and %j: %d", (left, right, score) => {
    expect(similarityOf(left, right).score).toBeCloseTo(score);
  });

  it("names what is shared, so that a person can judge", () => {
    expect(similarityOf("Globex data platform", "Platform of data").shared).toEqual(["data", "platform"]);
  });

  it("is between 0 and 1, and the same both ways", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const { score } = similarityOf(left, right);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(similarityOf(right, left).score).toBe(score);
      }),
    );
  });
});

describe("domainOf", () => {
  it.each([
    ["https://www.globex.example/shop?x=1", "globex.example"],
    ["Globex.Example", "globex.example"],
    ["http://shop.globex.example:8080", "shop.globex.example"],
    ["n/a", undefined],
    ["", undefined],
    ["https://", undefined],
  ])("%j: %j", (website, domain) => {
    expect(domainOf(website)).toBe(domain);
  });
});
