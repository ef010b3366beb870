import { FailureError } from "@cosell/connector";
import type { Link, StateStore } from "@cosell/state";
import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, hideValuesOption, syncOption } from "../program/usage.ts";
import { sensitivePaths } from "../session/sensitive-paths.ts";
import { withStore } from "../session/with-store.ts";
import { historyDocument, renderHistory } from "../views/history.ts";

/** `cosell history <record>`: reads the state only, calls nobody. */
export const defineHistory: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addOption(hideValuesOption())
    .addHelpText("after", "\n<record> is the id of a CRM record or of an opportunity at AWS.")
    .addHelpText("after", examples("cosell history 006Hs00001ABCDEIA5", "cosell history O1234567 --json"))
    .action((record: string, options: { sync?: string; hideValues?: boolean }) =>
      act((context) =>
        withStore<ExitCode>(context, options.sync, async ({ store, sync }) => {
          const link = await findLink(store, sync.name, record);
          const entries = (await store.journal(link.id)).toSorted((left, right) => left.id - right.id);
          const history = { link, entries, fieldStates: await store.fieldStates(link.id) };
          const { partnerCentralTarget: target } = await import("@cosell/partner-central");
          const sensitive = options.hideValues === true ? sensitivePaths(target) : () => false;
          if (context.terminal.json) context.terminal.document(historyDocument(history, sensitive));
          else context.terminal.line(renderHistory(context.terminal, history, sensitive));
          return 0;
        }),
      ),
    );
};

async function findLink(store: StateStore, sync: string, record: string): Promise<Link> {
  const exact = (await store.linkByCrmRef(sync, record)) ?? (await store.linkByOpportunity(sync, record));
  if (exact !== undefined) return exact;
  // An id in another spelling, such as Salesforce's 15 characters: the stored one begins with it.
  if (record.length >= 15) {
    for await (const link of store.links({ sync })) if (link.crmRef.startsWith(record)) return link;
  }
  throw new FailureError({
    kind: "missing",
    message: `The sync "${sync}" knows neither a CRM record nor an opportunity with the id ${record}.`,
  });
}
