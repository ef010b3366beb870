import type { CommandDefinition } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { defineInvitationAccept } from "./invitations/accept.ts";
import { defineInvitationList } from "./invitations/list.ts";
import { defineInvitationReject } from "./invitations/reject.ts";
import { defineInvitationShow } from "./invitations/show.ts";

/** `cosell invitations …`: what AWS offers, and what is to become of it. Without a word more: the list. */
export const defineInvitations: CommandDefinition = (command, act) => {
  command.addHelpText(
    "after",
    examples(
      "cosell invitations",
      "cosell invitations accept engi-0a1b2c3d4e5f6",
      'cosell invitations reject engi-0a1b2c3d4e5f6 --reason "Unable to support"',
    ),
  );
  const subcommands: readonly CommandDefinition[] = [
    defineInvitationList,
    defineInvitationShow,
    defineInvitationAccept,
    defineInvitationReject,
  ];
  for (const define of subcommands) define(command, act);
};
