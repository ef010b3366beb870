import { run } from "./program/run.ts";

const code = await run(process.argv.slice(2));
// Ends also when a library left a socket open; what was written is flushed first.
process.stdout.write("", () => process.exit(code));
