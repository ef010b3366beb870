export { mirrorOpportunities } from "./mirror.ts";
export type { MirroredOpportunity, MirrorOptions, MirrorReport, MirrorStore } from "./mirror.ts";
export { mirrorColumns, openMirror } from "./mirror-file.ts";
export type { MirrorFile } from "./mirror-file.ts";
export { exportLines } from "./export-mirror.ts";
