import type { FailureKind } from "@cosell/connector";

/** What a person does about each kind of failure: the last line of an error message. */
export const adviceFor: Readonly<Record<FailureKind, string>> = {
  config: "Correct the configuration, then run `cosell check`.",
  auth: "Renew the credentials, then run `cosell check`.",
  permission: "Ask the administrator of that side for the missing permission, then run `cosell check`.",
  invalid: "Correct the values named above, then run the command again.",
  missing: "Check the id; the record may be deleted, or not visible to the user that Cosell works as.",
  merged: "Use the record that it was merged into.",
  conflict: "Run the command again: it looks at both sides anew.",
  throttled: "Wait a moment, then run the command again; what is done stays done.",
  quota: "Wait until the quota is free again, then run the command again; what is done stays done.",
  transient: "Run the command again; what is done stays done.",
  "unknown-outcome": "Run the command again: it looks what became of the write before it repeats anything.",
  aborted: "Run the command again to go on.",
  bug: "This is a mistake in Cosell. Please report it with the output of the same command at `--log-level debug`.",
};
