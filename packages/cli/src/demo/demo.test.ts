import { describe, expect, it } from "@jest/globals";
import { runCosell } from "../testing/run-cosell.ts";

const play = (crm: string, seed: string) =>
  runCosell(["demo", "--crm", crm, "--deals", "40", "--seed", seed, "--json"]);

describe("cosell demo", () => {
  it.each(["salesforce", "hubspot", "pipedrive"])(
    "keeps its promise with %s, in one JSON document that the same seed repeats",
    async (crm) => {
      const [first, second] = await Promise.all([play(crm, "7"), play(crm, "7")]);
      expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
      const summary = JSON.parse(first.stdout) as Record<string, number>;
      expect(summary).toMatchObject({
        crm,
        records: 40,
        duplicates: 0,
        lost: 0,
        failed: 0,
        secondRunWrites: 0,
      });
      for (const member of ["created", "submitted", "approved", "updated", "inboundUpdated", "conflicts", "deferred"]) {
        expect([member, summary[member]]).toEqual([member, expect.any(Number)]);
        expect(summary[member]).toBeGreaterThan(0);
      }
      expect({ ...(JSON.parse(second.stdout) as object), seconds: 0 }).toEqual({ ...summary, seconds: 0 });
    },
  );
});
