import type { CommandDefinition } from "../../program/command.ts";
import { examples, syncOption } from "../../program/usage.ts";
import { answerInvitations, allOption, whichInvitations } from "./answer.ts";
import { UsageError } from "../../failure/findings-error.ts";

interface AcceptOptions {
  readonly sync?: string;
  readonly all?: boolean;
  readonly linkTo?: string;
  readonly create?: boolean;
}

/** `cosell invitations accept <id…|--all>`: AWS makes the opportunity, the CRM gets its record, the two are joined. */
export const defineInvitationAccept: CommandDefinition = (parent, act) => {
  parent
    .command("accept")
    .argument("[ids...]", "the invitations, engi-…")
    .description("accept invitations and join each to a CRM record")
    .addOption(syncOption())
    .addOption(allOption())
    .option("--link-to <record>", "join the opportunity to this CRM record (one invitation)")
    .option("--create", "make a new record although the CRM has deals that may be the same")
    .addHelpText(
      "after",
      examples(
        "cosell invitations accept engi-0a1b2c3d4e5f6",
        "cosell invitations accept engi-0a1b2c3d4e5f6 --link-to 006Hs00001ABCDEIA5",
        "cosell invitations accept --all",
      ),
    )
    .action((ids: readonly string[], { sync, all, linkTo, create }: AcceptOptions) =>
      act((context) => {
        const which = whichInvitations(ids, all);
        if (linkTo !== undefined && (create === true || which === "all" || which.length > 1)) {
          throw new UsageError(
            "--link-to joins one invitation to one record; it goes with one id, and without --create.",
          );
        }
        const record = linkTo === undefined ? (create === true ? ("create" as const) : undefined) : { linkTo };
        return answerInvitations(context, sync, which, { take: "accept", ...(record !== undefined && { record }) });
      }),
    );
};
