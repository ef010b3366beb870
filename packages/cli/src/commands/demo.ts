import type { CommandDefinition } from "../program/command.ts";

export const defineDemo: CommandDefinition = (command, act) => {
  command.action(() => act(async () => 0));
};
