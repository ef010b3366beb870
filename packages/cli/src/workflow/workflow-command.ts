/** How a workflow is asked for on the command line, beyond what all of them take. */
export interface WorkflowCommand {
  /** Options by the input's member; those of a list may be given several times. */
  readonly flags: Readonly<Record<string, string>>;
  /** A member that is given without a flag, as the rest of the line. */
  readonly words?: string;
  readonly examples: readonly string[];
}

const submission = { involvement: "--involvement <type>", visibility: "--visibility <how>" };

/** By workflow. */
export const workflowCommands: Readonly<Record<string, WorkflowCommand>> = {
  "co-sell": {
    flags: { solutions: "--solution <id>", products: "--product <id>", ...submission },
    examples: [
      "cosell workflow co-sell --demo",
      "cosell workflow co-sell --input deal.yaml --solution S-1234567",
      "cosell workflow co-sell --resume .cosell/workflows/co-sell-1a2b3c4d.json --wait",
    ],
  },
  engagement: {
    flags: { opportunity: "--opportunity <id>", ...submission },
    examples: ["cosell workflow engagement --demo", "cosell workflow engagement --opportunity O1234567"],
  },
  lead: {
    flags: {
      invitation: "--invitation <id>",
      engagement: "--engagement <id>",
      solutions: "--solution <id>",
      products: "--product <id>",
      ...submission,
    },
    examples: [
      "cosell workflow lead --demo",
      "cosell workflow lead --invitation engi-0123456789abc --input lead.yaml --solution S-1234567",
    ],
  },
  prospect: {
    flags: { engagements: "--engagement <id>", name: "--name <text>" },
    examples: [
      "cosell workflow prospect --demo",
      "cosell workflow prospect --engagement eng-0123456789abcd --name Autumn",
    ],
  },
  collaborate: {
    flags: {
      engagement: "--engagement <id>",
      title: "--title <text>",
      description: "--description <text>",
      opportunity: "--opportunity <id>",
      template: "--template <name>",
    },
    examples: [
      "cosell workflow collaborate --demo",
      "cosell workflow collaborate --input partners.yaml --opportunity O1234567",
    ],
  },
  "connect invite": {
    flags: {
      receiver: "--receiver <id>",
      email: "--email <address>",
      name: "--name <name>",
      message: "--message <text>",
      type: "--type <type>",
    },
    examples: [
      "cosell workflow connect invite --demo",
      'cosell workflow connect invite --receiver 444455556666 --email ann@example.com --name "Ann Lee" --message "Let us sell together."',
    ],
  },
  "connect accept": {
    flags: { invitation: "--invitation <id>" },
    examples: [
      "cosell workflow connect accept --demo",
      "cosell workflow connect accept --invitation pacinv-0123456789abc",
    ],
  },
  "connect reject": {
    flags: { invitation: "--invitation <id>", reason: "--reason <text>" },
    examples: [
      "cosell workflow connect reject --demo",
      'cosell workflow connect reject --invitation pacinv-0123456789abc --reason "Not now."',
    ],
  },
  "connect cancel": {
    flags: {
      invitation: "--invitation <id>",
      connection: "--connection <id>",
      type: "--type <type>",
      reason: "--reason <text>",
    },
    examples: [
      "cosell workflow connect cancel --demo",
      "cosell workflow connect cancel --invitation pacinv-0123456789abc",
      'cosell workflow connect cancel --connection pac-0123456789abc --reason "The project ended."',
    ],
  },
  "connect list": {
    flags: {},
    examples: ["cosell workflow connect list --demo", "cosell workflow connect list --json"],
  },
  "connect preferences": {
    flags: { access: "--access <who>", excluded: "--exclude <id>" },
    examples: [
      "cosell workflow connect preferences --demo",
      "cosell workflow connect preferences --access ALLOW_BY_DEFAULT_DENY_SOME --exclude 444455556666",
    ],
  },
  account: {
    flags: {
      code: "--code <digits>",
      visibility: "--visibility <who>",
      allianceLeadCode: "--alliance-lead-code <digits>",
      trainingEmail: "--training-email <address>",
      trainingCode: "--training-code <digits>",
    },
    examples: [
      "cosell workflow account --demo",
      "cosell workflow account --input partner.yaml",
      "cosell workflow account --resume .cosell/workflows/account-1a2b3c4d.json --code 123456",
    ],
  },
  "lookup solutions": {
    flags: {},
    words: "text",
    examples: ["cosell workflow lookup solutions --demo", "cosell workflow lookup solutions migration"],
  },
  "lookup products": {
    flags: {},
    words: "text",
    examples: ["cosell workflow lookup products database", "cosell workflow lookup products --json"],
  },
  "lookup offers": {
    flags: {},
    words: "text",
    examples: ["cosell workflow lookup offers --demo", "cosell workflow lookup offers"],
  },
};

/** What a group of workflows is about. */
export const workflowGroups: Readonly<Record<string, string>> = {
  connect: "connect with another partner",
  lookup: "find what can be attached to an opportunity",
};
