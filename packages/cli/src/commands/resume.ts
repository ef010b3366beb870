import type { Pause } from "@cosell/state";
import { openMapping } from "../mapping/open-mapping.ts";
import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { withStates } from "../session/answer-syncs.ts";
import { type PauseFlags, pausesMeant } from "../session/pauses-meant.ts";

/** `cosell resume <name>`: ends a pause. What changed meanwhile is taken up by the next sync. Writes the state only. */
export const defineResume: CommandDefinition = (command, act) => {
  command
    .option("--field <path>", "only this AWS field of the sync")
    .option("--connection", "the connection is meant, where a sync has the same name")
    .addHelpText("after", examples("cosell resume crm", "cosell resume opportunities --field LifeCycle.NextSteps"))
    .action((name: string, options: PauseFlags) =>
      act((context) =>
        withStates<ExitCode>(context, undefined, async ({ configuration, store }) => {
          const meant = await pausesMeant(configuration, name, options, (sync) =>
            openMapping(sync.mapping, sync.connection.connector),
          );
          const resumed = await store.resume(meant);
          // Deals whose field stood still are clean by now: they are looked at again.
          const waiting = new Set<string>();
          if (resumed && meant.path !== "") {
            for await (const { link } of store.unsettled({ sync: name, kind: "held", path: meant.path })) {
              waiting.add(link.id);
            }
          }
          const marked = await store.markLinks([...waiting], "resumed");
          if (context.terminal.json) context.terminal.document({ resumed, ...meant, marked });
          else {
            context.terminal.line(
              resumed
                ? "Resumed; the next sync takes up what changed meanwhile."
                : `Nothing of that name was paused. ${standing(await store.pauses())}`,
            );
          }
          return resumed ? 0 : 1;
        }),
      ),
    );
};

/** What can be resumed. */
function standing(pauses: readonly Pause[]): string {
  if (pauses.length === 0) return "Nothing is paused at all.";
  const commands = pauses.map(({ scope, name, path }) => {
    const field = path === "" ? "" : ` --field ${path}`;
    return `cosell resume ${name}${scope === "connection" ? " --connection" : field}`;
  });
  return `What is paused is resumed by: ${commands.join("; ")}.`;
}
