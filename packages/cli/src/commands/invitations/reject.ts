import type { CommandDefinition } from "../../program/command.ts";
import { examples, syncOption } from "../../program/usage.ts";
import { allOption, answerInvitations, whichInvitations } from "./answer.ts";

interface RejectOptions {
  readonly sync?: string;
  readonly all?: boolean;
  readonly reason: string;
}

/** `cosell invitations reject <id…|--all>`: with one of the reasons that AWS takes. */
export const defineInvitationReject: CommandDefinition = (parent, act) => {
  parent
    .command("reject")
    .argument("[ids...]", "the invitations, engi-…")
    .description("reject invitations")
    .addOption(syncOption())
    .addOption(allOption())
    .requiredOption(
      "--reason <reason>",
      "Customer problem unclear, Next steps unclear, Unable to support, Duplicate of partner referral or Other",
    )
    .addHelpText("after", examples('cosell invitations reject engi-0a1b2c3d4e5f6 --reason "Unable to support"'))
    .action((ids: readonly string[], { sync, all, reason }: RejectOptions) =>
      act((context) => answerInvitations(context, sync, whichInvitations(ids, all), { take: "reject", reason })),
    );
};
