import type { InvitationStatus } from "@cosell/state";
import type { CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples, syncOption } from "../../program/usage.ts";
import { withStore } from "../../session/with-store.ts";
import { renderInvitations } from "../../views/invitations.ts";

/** What somebody may still have to do with. */
const open: readonly InvitationStatus[] = ["pending", "accepting", "rejecting", "accepted"];

/** `cosell invitations list`: reads the state only; `cosell sync` looks for new ones. */
export const defineInvitationList: CommandDefinition = (parent, act) => {
  parent
    .command("list", { isDefault: true })
    .description("list the invitations that are not over yet, soonest to expire first")
    .addOption(syncOption())
    .option("--all", "also those that are over")
    .addHelpText("after", examples("cosell invitations", "cosell invitations list --all --json"))
    .action((options: { sync?: string; all?: boolean }) =>
      act((context) =>
        withStore<ExitCode>(context, options.sync, async ({ store, sync }) => {
          const found = await store.invitations(sync.name, options.all === true ? {} : { status: open });
          const { terminal, clock } = context;
          if (terminal.json) {
            terminal.document({ sync: sync.name, invitations: found.map((one) => ({ ...one, data: undefined })) });
          } else terminal.line(renderInvitations(terminal, found, clock.now()));
          return found.some(({ status, failure }) => status === "pending" || failure !== undefined) ? 1 : 0;
        }),
      ),
    );
};
