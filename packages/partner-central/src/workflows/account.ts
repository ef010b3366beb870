import type { JsonObject } from "@cosell/connector";
import { publishProfile } from "./account-profile.ts";
import { verify } from "./account-verification.ts";
import { holds, textAt } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome, type WorkflowRun, type WorkflowStep } from "./workflow.ts";
import { type InputMember, needs } from "./workflow-input.ts";

/** The partner's own account: everything is optional, what is given is brought about. */
interface AccountInput {
  readonly businessVerification?: JsonObject;
  readonly registrantVerification?: JsonObject;
  readonly partner?: JsonObject;
  readonly code?: string;
  readonly profile?: JsonObject;
  readonly visibility?: string;
  readonly allianceLead?: JsonObject;
  readonly allianceLeadCode?: string;
  readonly trainingEmail?: string;
  readonly trainingCode?: string;
}

type AccountStep =
  | "verify-business"
  | "business"
  | "verify-registrant"
  | "registrant"
  | "find"
  | "send-code"
  | "create"
  | "profile"
  | "profile-task"
  | "visibility"
  | "send-lead-code"
  | "lead"
  | "send-training-code"
  | "training";

function like(operation: string, path: string): InputMember["like"] {
  return { service: "account", operation, path };
}

function code(name: string, operation: string, describes: string): InputMember {
  return { name, secret: true, like: like(operation, "EmailVerificationCode"), describes };
}

/** Sets up a partner's account. AWS sends codes by e-mail: the workflow stops for each, and goes on with it. */
export const accountSetUp = defineWorkflow<AccountStep>({
  name: "account",
  summary: "set up the partner account: verification, partner, profile, alliance lead, training domain",
  input: [
    {
      name: "businessVerification",
      like: like("StartVerification", "VerificationDetails.BusinessVerificationDetails"),
      changeableUntil: "verify-business",
      describes: "LegalName, RegistrationId, CountryCode of the business to verify",
    },
    {
      name: "registrantVerification",
      like: like("StartVerification", "VerificationDetails.RegistrantVerificationDetails"),
      describes: "{} to verify the identity of who registers, on a page of AWS",
    },
    {
      name: "partner",
      like: like("CreatePartner", ""),
      filledIn: ["EmailVerificationCode"],
      changeableUntil: "create",
      describes: "a new partner: LegalName, PrimarySolutionType, AllianceLeadContact",
    },
    code("code", "CreatePartner", "the code that AWS sent to the new partner's alliance lead"),
    {
      name: "profile",
      like: like("StartProfileUpdateTask", "TaskDetails"),
      changeableUntil: "profile",
      describes: "the public profile, members as StartProfileUpdateTask's TaskDetails",
    },
    {
      name: "visibility",
      like: like("PutProfileVisibility", "Visibility"),
      changeableUntil: "visibility",
      describes: "PUBLIC or PRIVATE",
    },
    {
      name: "allianceLead",
      like: like("PutAllianceLeadContact", "AllianceLeadContact"),
      changeableUntil: "lead",
      describes: "another alliance lead: FirstName, LastName, Email, BusinessTitle",
    },
    code("allianceLeadCode", "PutAllianceLeadContact", "the code that AWS sent to the other alliance lead"),
    {
      name: "trainingEmail",
      like: like("AssociateAwsTrainingCertificationEmailDomain", "Email"),
      changeableUntil: "training",
      describes: "an address of the domain whose training certificates count for the partner",
    },
    code("trainingCode", "AssociateAwsTrainingCertificationEmailDomain", "the code that AWS sent to that address"),
  ],
  rules: [needs("code", "partner"), needs("allianceLeadCode", "allianceLead"), needs("trainingCode", "trainingEmail")],
  steps: {
    "verify-business": "Start the verification of the business",
    business: "Follow the verification of the business",
    "verify-registrant": "Start the verification of the registrant",
    registrant: "Follow the verification of the registrant",
    find: "Look for the partner",
    "send-code": "Have a code sent to the alliance lead",
    create: "Create the partner",
    profile: "Start the profile's update",
    "profile-task": "Follow the profile's update",
    visibility: "Set the profile's visibility",
    "send-lead-code": "Have a code sent to the other alliance lead",
    lead: "Set the alliance lead",
    "send-training-code": "Have a code sent to the address of the training domain",
    training: "Add the training domain",
  },
  waitsForPeople: true,
  run: async (run, input: AccountInput) => {
    const unverified =
      (await verify(run, ["verify-business", "business"], "BUSINESS_VERIFICATION", input.businessVerification)) ??
      (await verify(run, ["verify-registrant", "registrant"], "REGISTRANT_VERIFICATION", input.registrantVerification));
    if (unverified !== undefined) return unverified;
    const partner = await partnerOf(run, input);
    if (typeof partner !== "string") return partner;

    const unpublished = await publishProfile(run, partner, input.profile);
    if (unpublished !== undefined) return unpublished;
    const { visibility } = input;
    if (visibility !== undefined) {
      await run.step("visibility", async (step) => {
        // Looked at first: AWS takes five changes a day, and has no token for them.
        const current = await step.read("GetProfileVisibility", { Identifier: partner }, "account");
        if (textAt(current, "Visibility") === visibility) return { visibility };
        await step.write({
          service: "account",
          operation: "PutProfileVisibility",
          input: { Identifier: partner, Visibility: visibility },
        });
        return { visibility };
      });
    }
    const outcome = (await setLead(run, partner, input)) ?? (await addDomain(run, partner, input));
    return outcome ?? { status: "done", summary: `Partner ${partner} is set up.`, next: [], result: { partner } };
  },
});

/** The id of the account's partner, which is created where there is none; or why there is none. */
async function partnerOf(
  run: WorkflowRun<"find" | "send-code" | "create">,
  { partner, code: given }: AccountInput,
): Promise<string | WorkflowOutcome> {
  const find = async (step: WorkflowStep): Promise<{ id: string }> => {
    const [first] = await step.readAll("ListPartners", {}, "account");
    return { id: textAt(first ?? {}, "Id") ?? "" };
  };
  const { id } = await run.step("find", find, {
    keep: (found) => found.id !== "",
    says: (found) => (found.id === "" ? "There is none yet." : `It is ${found.id}.`),
  });
  if (id !== "") return id;
  if (partner === undefined) {
    return {
      status: "needs-person",
      summary: "The account has no partner in this catalog.",
      next: ["Give the input's member partner, with LegalName, PrimarySolutionType and AllianceLeadContact."],
      result: {},
    };
  }
  if (given === undefined) return codeSent(run, "send-code", textAt(partner, "AllianceLeadContact.Email"), "code");
  const created = await run.step(
    "create",
    async (step) => {
      const answer = await step.write({
        service: "account",
        operation: "CreatePartner",
        input: { ...partner, EmailVerificationCode: given },
        tookEffect: async () => {
          const found = await find(step);
          return found.id === "" ? undefined : { Id: found.id };
        },
      });
      return { id: textAt(answer, "Id") ?? "" };
    },
    { says: (made) => `AWS calls it ${made.id}.` },
  );
  return created.id;
}

async function setLead(
  run: WorkflowRun<"send-lead-code" | "lead">,
  partner: string,
  { allianceLead, allianceLeadCode }: AccountInput,
): Promise<WorkflowOutcome | undefined> {
  if (allianceLead === undefined) return undefined;
  const read = async (step: WorkflowStep): Promise<JsonObject> =>
    step.read("GetAllianceLeadContact", { Identifier: partner }, "account");
  const { needed } = await run.step(
    "lead",
    async (step) => {
      const current = textAt(await read(step), "AllianceLeadContact.Email")?.toLowerCase();
      // AWS wants a code for an address that it does not know yet.
      const isKnown = current === textAt(allianceLead, "Email")?.toLowerCase();
      if (!isKnown && allianceLeadCode === undefined) return { needed: true };
      await step.write({
        service: "account",
        operation: "PutAllianceLeadContact",
        input: {
          Identifier: partner,
          AllianceLeadContact: allianceLead,
          ...(allianceLeadCode !== undefined && { EmailVerificationCode: allianceLeadCode }),
        },
        tookEffect: async () => {
          const found = await read(step);
          return holds(found["AllianceLeadContact"], allianceLead) ? found : undefined;
        },
      });
      return { needed: false };
    },
    {
      keep: (done) => !done.needed,
      says: (done) => (done.needed ? "The new address must be verified first." : "It is set."),
    },
  );
  return needed ? codeSent(run, "send-lead-code", textAt(allianceLead, "Email"), "allianceLeadCode") : undefined;
}

async function addDomain(
  run: WorkflowRun<"send-training-code" | "training">,
  partner: string,
  { trainingEmail, trainingCode }: AccountInput,
): Promise<WorkflowOutcome | undefined> {
  if (trainingEmail === undefined) return undefined;
  const domain = trainingEmail.slice(trainingEmail.lastIndexOf("@") + 1).toLowerCase();
  const isThere = async (step: WorkflowStep): Promise<boolean> => {
    const { AwsTrainingCertificationEmailDomains: list } = await step.read(
      "GetPartner",
      { Identifier: partner },
      "account",
    );
    const domains = Array.isArray(list) ? (list as readonly JsonObject[]) : [];
    return domains.some((each) => textAt(each, "DomainName")?.toLowerCase() === domain);
  };
  const { needed } = await run.step(
    "training",
    async (step) => {
      if (await isThere(step)) return { needed: false };
      if (trainingCode === undefined) return { needed: true };
      await step.write({
        service: "account",
        operation: "AssociateAwsTrainingCertificationEmailDomain",
        input: { Identifier: partner, Email: trainingEmail, EmailVerificationCode: trainingCode },
        tookEffect: async () => ((await isThere(step)) ? {} : undefined),
      });
      return { needed: false };
    },
    {
      keep: (done) => !done.needed,
      says: (done) => (done.needed ? "The address must be verified first." : `${domain} counts.`),
    },
  );
  return needed ? codeSent(run, "send-training-code", trainingEmail, "trainingCode") : undefined;
}

/** AWS sends a code; each run without it sends another, since codes expire. */
async function codeSent<Step extends string>(
  run: WorkflowRun<Step>,
  name: NoInfer<Step>,
  email: string | undefined,
  member: string,
): Promise<WorkflowOutcome> {
  await run.step(
    name,
    async (step) => {
      await step.write({
        service: "account",
        operation: "SendEmailVerificationCode",
        input: { Email: email ?? "" },
      });
      return {};
    },
    { keep: () => false },
  );
  return {
    status: "needs-person",
    summary: "AWS has sent a code by e-mail to the address that is to be verified.",
    next: [`Go on with the same memory and give the code as ${member}. Without it another code is sent.`],
    result: { wants: member },
  };
}
