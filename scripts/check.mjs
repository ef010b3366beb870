// `npm run check`: everything that can be said of the source without running it. All findings in one run.
import { run } from "./run.mjs";

const checks = {
  types: ["node", ["node_modules/typescript-7/bin/tsc", "-p", "tsconfig.check.json"]],
  lint: ["eslint", ["."]],
  format: ["prettier", ["--check", "--log-level", "warn", "."]],
  "unused code and dependencies": ["knip", []],
  "package boundaries": [
    "node",
    [
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      "node_modules/jest/bin/jest.js",
      "test/repo",
    ],
  ],
};

const failed = Object.entries(checks).filter(([name, [command, args]]) => {
  process.stderr.write(`· ${name}\n`);
  return run(command, args) !== 0;
});
process.stderr.write(
  failed.length === 0 ? "All checks passed.\n" : `Failed: ${failed.map(([name]) => name).join(", ")}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
