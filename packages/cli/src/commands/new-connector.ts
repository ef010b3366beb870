import { resolve } from "node:path";
import { UsageError } from "../failure/findings-error.ts";
import { shownPath } from "../mapping/read-mapping.ts";
import { packageNameOf, scaffoldConnector } from "../new-connector/scaffold.ts";
import type { CommandDefinition } from "../program/command.ts";
import { examples } from "../program/usage.ts";

/** `cosell new-connector <name> [folder]`: a package that compiles, with the tests that a connector must pass. */
export const defineNewConnector: CommandDefinition = (command, act) => {
  command
    .addHelpText(
      "after",
      "\n<name> is the CRM in small letters; [folder] is cosell-connector-<name> unless given. Nothing is overwritten.\ndocs/add-a-connector.md leads through the files.",
    )
    .addHelpText("after", examples("cosell new-connector tiny", "cosell new-connector acme-crm ./packages/acme"))
    .action((name: string, folder: string | undefined) =>
      act(async ({ terminal }) => {
        if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
          throw new UsageError(
            `"${name}" is no name for a connector: small letters, digits and single hyphens, such as acme-crm.`,
          );
        }
        const target = resolve(folder ?? packageNameOf(name));
        const files = await scaffoldConnector({ name, folder: target });
        if (terminal.json) {
          terminal.document({ package: packageNameOf(name), folder: target, files });
          return 0;
        }
        terminal.line(`Wrote ${packageNameOf(name)} to ${shownPath(target)}:`);
        for (const file of files) terminal.line(`  ${file}`);
        terminal.line(
          `Next: cd ${shownPath(target)} && npm install && npm test, and docs/add-a-connector.md from step 2.`,
        );
        return 0;
      }),
    );
};
