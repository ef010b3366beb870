export { applyUndo, lookAtUndo } from "./run-undo.ts";
export type { PlannedUndo, UndoRefusal } from "./undo.ts";
