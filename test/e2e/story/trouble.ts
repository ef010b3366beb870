import type { FaultKind } from "@cosell/emulator";
import type { Story } from "./story.ts";

const kinds: readonly FaultKind[] = [
  "throttle",
  "server-error",
  "server-error-after-commit",
  "reset-before-commit",
  "reset-after-commit",
];

/** From now on some calls at both servers fail, half of them after they took effect. */
export function beginTrouble({ world }: Story): void {
  world.emulators.faults.set(
    [world.emulators.partnerCentral.name, world.crm.server].flatMap((server) =>
      kinds.map((kind) => ({ server, kind, probability: 0.01 })),
    ),
  );
}

/** All is well again. */
export function endTrouble({ world }: Story): void {
  world.emulators.faults.clear();
}
