import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accounts, Catalog, details, emulateAccount, type EmulatedAccount } from "./testing/emulated-account.ts";

let world: EmulatedAccount;
beforeEach(async () => {
  world = await emulateAccount();
});
afterEach(() => world.close());

const contact = { FirstName: "Ada", LastName: "Lead", Email: "Lead@Example.com", BusinessTitle: "Alliances" };
const create = (EmailVerificationCode: string, change: object = {}) =>
  world.one.createPartner({
    Catalog,
    LegalName: "Example GmbH",
    PrimarySolutionType: "CONSULTING_SERVICES",
    AllianceLeadContact: contact,
    EmailVerificationCode,
    ...change,
  });

describe("a partner is set up", () => {
  it("from the code to the public profile", async () => {
    const code = await world.codeFor(world.one, contact.Email);
    const Tags = [{ Key: "team", Value: "alliances" }];
    const created = await create(code, { Tags });
    expect(created).toMatchObject({
      Arn: `arn:aws:partnercentral:us-east-1:${accounts.one}:catalog/Sandbox/partner/${created.Id}`,
      LegalName: "Example GmbH",
      AllianceLeadContact: contact,
      Profile: { DisplayName: "Example GmbH", ProfileId: expect.stringMatching(/^pprofile-[a-z0-9]{13}$/) },
    });
    const Identifier = created.Id ?? "";

    await world.one.startProfileUpdateTask({ Catalog, Identifier, TaskDetails: details });
    expect(await world.one.getProfileUpdateTask({ Catalog, Identifier })).toMatchObject({
      Status: "SUCCEEDED",
      EndedAt: new Date(world.clock.now()),
    });
    await world.one.putProfileVisibility({ Catalog, Identifier, Visibility: "PUBLIC" });

    const { Arn = "" } = created;
    expect(await world.one.getPartner({ Catalog, Identifier: Arn })).toMatchObject({ Profile: details });
    expect(await world.one.getProfileVisibility({ Catalog, Identifier })).toMatchObject({ Visibility: "PUBLIC" });
    expect((await world.one.listPartners({ Catalog })).PartnerSummaryList).toMatchObject([{ Id: Identifier }]);
    expect((await world.one.listTagsForResource({ ResourceArn: Arn })).Tags).toEqual(Tags);
  });

  it("once per account and catalog, and for its own account only", async () => {
    const Identifier = await world.partner(world.one, "Example GmbH");
    const code = await world.codeFor(world.one, contact.Email);
    await expect(create(code)).rejects.toMatchObject({ name: "ConflictException", Reason: "DUPLICATE_PARTNER" });
    await expect(world.two.getPartner({ Catalog, Identifier })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      Reason: "PARTNER_NOT_FOUND",
    });
    expect((await world.two.listPartners({ Catalog })).PartnerSummaryList).toEqual([]);
  });

  it("with the newest code of the very address, while it is good", async () => {
    const old = await world.codeFor(world.one, contact.Email);
    const newest = await world.codeFor(world.one, contact.Email);
    const refused = {
      name: "ValidationException",
      Reason: "REQUEST_VALIDATION_FAILED",
      ErrorDetails: [{ FieldValidationError: { Name: "EmailVerificationCode", Code: "INVALID_VALUE" } }],
    };
    expect(newest).not.toBe(old);
    await expect(create(old)).rejects.toMatchObject(refused);
    world.clock.advance(15 * 60_000);
    await expect(create(newest)).rejects.toMatchObject(refused);
    await create(await world.codeFor(world.one, "lead@example.com"));
  });

  it("with codes that the seed decides and the admin state shows", async () => {
    const codes = async (seed: number): Promise<readonly string[]> => {
      world.partnerCentral.reset();
      world.partnerCentral.account.configure({ seed });
      return [await world.codeFor(world.one, "a@example.com"), await world.codeFor(world.one, "b@example.com")];
    };
    const first = await codes(1);
    expect(await codes(1)).toEqual(first);
    expect(await codes(2)).not.toEqual(first);
    expect(world.partnerCentral.account.state().emailCodes).toMatchObject([
      { account: accounts.one, email: "a@example.com", code: expect.stringMatching(/^\d{6}$/) },
      { email: "b@example.com" },
    ]);
  });

  it("in production only after both verifications, under the verified name", async () => {
    const production = { Catalog: "AWS" };
    await world.one.sendEmailVerificationCode({ ...production, Email: contact.Email });
    const code = world.partnerCentral.account.emailCode(contact.Email)?.code ?? "";
    const business = (Code: string) => ({ BusinessValidationError: expect.objectContaining({ Code }) });
    await expect(create(code, production)).rejects.toMatchObject({
      Reason: "BUSINESS_VALIDATION_FAILED",
      ErrorDetails: [
        business("INCOMPATIBLE_KNOW_YOUR_BUSINESS_STATUS"),
        business("INCOMPATIBLE_IDENTITY_VERIFICATION_STATUS"),
      ],
    });

    const BusinessVerificationDetails = { LegalName: "Example GmbH", RegistrationId: "HRB 1", CountryCode: "DE" };
    const started = await world.one.startVerification({ VerificationDetails: { BusinessVerificationDetails } });
    expect(started).toMatchObject({ VerificationType: "BUSINESS_VERIFICATION", VerificationStatus: "IN_PROGRESS" });
    await world.one.startVerification({ VerificationDetails: { RegistrantVerificationDetails: {} } });
    expect(await world.one.getVerification({ VerificationType: "REGISTRANT_VERIFICATION" })).toMatchObject({
      VerificationStatus: "PENDING_CUSTOMER_ACTION",
      VerificationResponseDetails: { RegistrantVerificationResponse: { CompletionUrl: expect.any(String) } },
    });
    world.partnerCentral.account.edit({
      object: "Verification",
      id: `${accounts.one}/REGISTRANT_VERIFICATION`,
      fields: { VerificationStatus: "SUCCEEDED" },
    });

    await expect(create(code, { ...production, LegalName: "Other GmbH" })).rejects.toMatchObject({
      ErrorDetails: [business("INCOMPATIBLE_LEGAL_NAME")],
    });
    await create(code, production);
  });
});

describe("verifications", () => {
  const business = (LegalName = "Example GmbH") =>
    world.one.startVerification({
      VerificationDetails: { BusinessVerificationDetails: { LegalName, RegistrationId: "1", CountryCode: "DE" } },
    });

  it("run one at a time, and again after a failure only", async () => {
    world.partnerCentral.account.configure({ verificationDelayMs: 1000, businessVerification: "FAILED" });
    await expect(world.one.getVerification({ VerificationType: "BUSINESS_VERIFICATION" })).rejects.toMatchObject({
      Reason: "VERIFICATION_NOT_FOUND",
    });
    await business();
    await expect(business("Other")).rejects.toMatchObject({ Reason: "VERIFICATION_ALREADY_IN_PROGRESS" });
    world.clock.advance(1000);
    world.partnerCentral.account.configure({ businessVerification: "SUCCEEDED" });
    await business();
    world.clock.advance(1000);
    expect(await world.one.getVerification({ VerificationType: "BUSINESS_VERIFICATION" })).toMatchObject({
      VerificationStatus: "SUCCEEDED",
      CompletedAt: new Date(world.clock.now()),
    });
    await expect(business()).rejects.toMatchObject({ Reason: "ACCOUNT_ALREADY_VERIFIED" });
  });
});

describe("profile update tasks", () => {
  it("run one at a time and can be cancelled meanwhile", async () => {
    world.partnerCentral.account.configure({ taskDelayMs: 1000 });
    const Identifier = await world.partner(world.one, "Example GmbH");
    const start = () => world.one.startProfileUpdateTask({ Catalog, Identifier, TaskDetails: details });
    const { TaskId, Status } = await start();
    expect(Status).toBe("IN_PROGRESS");
    await expect(start()).rejects.toMatchObject({ Reason: "INCOMPATIBLE_PARTNER_PROFILE_TASK_STATE" });

    const cancel = () => world.one.cancelProfileUpdateTask({ Catalog, Identifier, TaskId });
    expect(await cancel()).toMatchObject({ Status: "CANCELED" });
    world.clock.advance(1000);
    await expect(cancel()).rejects.toMatchObject({ Reason: "INCOMPATIBLE_PARTNER_PROFILE_TASK_STATE" });
    const { Profile } = await world.one.getPartner({ Catalog, Identifier });
    expect(Profile?.DisplayName).toBe("Example GmbH");
  });

  it("fail with everything that is wrong, and change nothing then", async () => {
    await world.published(world.two, "Taken");
    const Identifier = await world.partner(world.one, "Example GmbH");
    const TaskDetails = {
      ...details,
      DisplayName: "taken",
      LogoUrl: "https://logo.invalid/a.png",
      WebsiteUrl: "https://www.site.invalid",
    };
    await world.one.startProfileUpdateTask({ Catalog, Identifier, TaskDetails });
    const task = await world.one.getProfileUpdateTask({ Catalog, Identifier });
    expect(task.Status).toBe("FAILED");
    expect(task.ErrorDetailList?.map(({ Reason }) => Reason)).toEqual([
      "INVALID_LOGO_URL",
      "INVALID_WEBSITE_URL",
      "DUPLICATE_PROFILE",
    ]);
    expect((await world.one.getPartner({ Catalog, Identifier })).Profile?.DisplayName).toBe("Example GmbH");
  });

  it("keep headquarters that a later update leaves out", async () => {
    const Identifier = await world.partner(world.one, "Example GmbH");
    const Headquarters = { CountryCode: "DE", SubdivisionCode: "BE" };
    const put = (TaskDetails: object) =>
      world.post("StartProfileUpdateTask", {
        Catalog,
        Identifier,
        TaskDetails: { ...details, ...TaskDetails } as never,
      });
    await put({ Headquarters });
    await put({ Description: "Later." });
    const { body } = await world.post("GetPartner", { Catalog, Identifier });
    expect(body).toMatchObject({ Profile: { Headquarters, Description: "Later." } });
  });
});

describe("the alliance lead and the e-mail domains", () => {
  it("take another address only with its code", async () => {
    const Identifier = await world.partner(world.one, "Example GmbH");
    const { AllianceLeadContact: lead } = await world.one.getAllianceLeadContact({ Catalog, Identifier });
    const put = (change: object, EmailVerificationCode?: string) =>
      world.one.putAllianceLeadContact({
        Catalog,
        Identifier,
        AllianceLeadContact: { ...contact, ...lead, ...change },
        EmailVerificationCode,
      });
    expect(await put({ FirstName: "Bea" })).toMatchObject({ AllianceLeadContact: { FirstName: "Bea" } });
    const moved = { Email: "bea@example.org" };
    await expect(put(moved)).rejects.toMatchObject({
      ErrorDetails: [{ FieldValidationError: { Code: "REQUIRED_FIELD_MISSING" } }],
    });
    await put(moved, await world.codeFor(world.one, moved.Email));
    expect((await world.one.getAllianceLeadContact({ Catalog, Identifier })).AllianceLeadContact).toMatchObject(moved);
  });

  it("are added with a code, not twice, and taken away", async () => {
    const Identifier = await world.partner(world.one, "Example GmbH");
    const add = async (Email: string) =>
      world.one.associateAwsTrainingCertificationEmailDomain({
        Catalog,
        Identifier,
        Email,
        EmailVerificationCode: await world.codeFor(world.one, Email),
      });
    await add("anna@Example.org");
    const domains = async () =>
      (await world.one.getPartner({ Catalog, Identifier })).AwsTrainingCertificationEmailDomains;
    expect(await domains()).toEqual([{ DomainName: "example.org", RegisteredAt: new Date(world.clock.now()) }]);
    await expect(add("bob@example.org")).rejects.toMatchObject({ name: "ValidationException" });
    await expect(add("bob@gmail.com")).rejects.toMatchObject({
      ErrorDetails: [{ BusinessValidationError: { Code: "INCOMPATIBLE_DOMAIN" } }],
    });
    const remove = () =>
      world.one.disassociateAwsTrainingCertificationEmailDomain({ Catalog, Identifier, DomainName: "example.org" });
    await remove();
    expect(await domains()).toEqual([]);
    await expect(remove()).rejects.toMatchObject({ Reason: "PARTNER_DOMAIN_NOT_FOUND" });
  });
});
