import { describe, expect, it } from "@jest/globals";
import { enums } from "../model/enums.ts";
import { explainReason, reasonCodes } from "./reason-codes.ts";

describe("the reason codes", () => {
  it("are the model's, each explained once, with a cause, a remedy and a source", () => {
    expect(reasonCodes.map(({ code }) => code)).toEqual(enums["ReasonCode"]);
    for (const { cause, remedy, source } of reasonCodes) {
      expect([cause, remedy].every((text) => text.endsWith("."))).toBe(true);
      expect(source).not.toBe("");
    }
  });

  it("are told as unknown when this release does not know them", () => {
    expect(explainReason("AddedLater")).toMatchObject({
      code: "AddedLater",
      cause: expect.stringContaining("not know"),
    });
    expect(explainReason(undefined).cause).toBe("AWS gives no reason.");
  });
});
