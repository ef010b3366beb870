import { FailureError } from "@cosell/connector";
import type { CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples, syncOption } from "../../program/usage.ts";
import { withStore } from "../../session/with-store.ts";
import { renderInvitation } from "../../views/invitations.ts";

/** `cosell invitations show <id>`: reads the state only. */
export const defineInvitationShow: CommandDefinition = (parent, act) => {
  parent
    .command("show")
    .argument("<id>", "the invitation, engi-…")
    .description("show everything that is known of one invitation")
    .addOption(syncOption())
    .addHelpText(
      "after",
      examples("cosell invitations show engi-0a1b2c3d4e5f6", "cosell invitations show engi-0a1b2c3d4e5f6 --json"),
    )
    .action((id: string, options: { sync?: string }) =>
      act((context) =>
        withStore<ExitCode>(context, options.sync, async ({ store, sync }) => {
          const invitation = await store.invitation(sync.name, id);
          if (invitation === undefined) {
            const message = `The inbox of the sync "${sync.name}" has no invitation ${id}. \`cosell invitations list --all\` shows what it has.`;
            throw new FailureError({ kind: "missing", message });
          }
          const { terminal, clock } = context;
          if (terminal.json) terminal.document(invitation);
          else terminal.line(renderInvitation(terminal, invitation, clock.now()));
          return 0;
        }),
      ),
    );
};
