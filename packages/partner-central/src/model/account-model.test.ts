import { describe, expect, it } from "@jest/globals";
import { accountEnums, enums, operationOf, quotaOf, services, validateInput } from "./index.ts";

const contact = { FirstName: "Ada", LastName: "Lead", Email: "Ada@Example.com", BusinessTitle: "Alliances" };
const partner = {
  Catalog: "Sandbox",
  LegalName: "Example GmbH",
  PrimarySolutionType: "CONSULTING_SERVICES",
  AllianceLeadContact: contact,
  EmailVerificationCode: "123456",
};

describe("the Account API's model", () => {
  it("has its 34 operations beside Selling's 45, tags in both", () => {
    expect(services.account).toMatchObject({
      targetPrefix: "PartnerCentralAccount",
      signingName: "partnercentral-account",
    });
    expect(services.account.operationNames).toHaveLength(34);
    expect(services.selling.operationNames).toHaveLength(45);
    expect(services.account.operationNames.filter((name) => services.selling.operationNames.includes(name))).toEqual([
      "ListTagsForResource",
      "TagResource",
      "UntagResource",
    ]);
  });

  it("keeps what the two call by the same name apart", () => {
    expect(operationOf("CreatePartner")).toBeUndefined();
    expect(operationOf("CreatePartner", "account")?.errors).toContain("ConflictException");
    expect(accountEnums.InvitationStatus).toContain("CANCELED");
    expect(enums.InvitationStatus).not.toContain("CANCELED");
    const arn = "arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/O1";
    const tags = { ResourceArn: arn, Tags: [] };
    expect(validateInput("TagResource", tags)).toMatchObject([{ code: "NOT_ENOUGH_VALUES" }]);
    expect(validateInput("TagResource", tags, services.account.model)).toEqual([]);
  });

  it("knows how often a day some things may be done", () => {
    expect(quotaOf("StartProfileUpdateTask")).toMatchObject({ class: "other", perDay: 10 });
    expect(quotaOf("ListTagsForResource")).not.toHaveProperty("perDay");
  });
});

describe("validateInput of the Account API", () => {
  it("takes a whole partner, with capitals in the address that Selling would refuse", () => {
    expect(validateInput("CreatePartner", partner, services.account.model)).toEqual([]);
  });

  it("tells everything at once, in the codes that the Account API has", () => {
    const wrong = { ...partner, LegalName: "", PrimarySolutionType: "PAINTING", EmailVerificationCode: "12x456" };
    expect(
      validateInput(
        "CreatePartner",
        { ...wrong, AllianceLeadContact: { ...contact, Email: "Ada" } },
        services.account.model,
      ),
    ).toEqual([
      expect.objectContaining({ fieldName: "LegalName", code: "INVALID_VALUE" }),
      expect.objectContaining({ fieldName: "PrimarySolutionType", code: "INVALID_ENUM_VALUE" }),
      expect.objectContaining({ fieldName: "AllianceLeadContact.Email", code: "INVALID_STRING_FORMAT" }),
      { fieldName: "EmailVerificationCode", code: "INVALID_STRING_FORMAT", message: "Must be six digits." },
    ]);
  });

  it("takes one kind of verification and a revision that is a whole number", () => {
    const both = { RegistrantVerificationDetails: {}, BusinessVerificationDetails: null };
    expect(validateInput("StartVerification", { VerificationDetails: both }, services.account.model)).toEqual([]);
    expect(validateInput("StartVerification", { VerificationDetails: {} }, services.account.model)).toMatchObject([
      { fieldName: "VerificationDetails", code: "INVALID_VALUE" },
    ]);
    const preferences = { Catalog: "AWS", AccessType: "DENY_ALL", Revision: 1.5 };
    expect(validateInput("UpdateConnectionPreferences", preferences, services.account.model)).toMatchObject([
      { fieldName: "Revision", code: "INVALID_VALUE" },
    ]);
  });
});
