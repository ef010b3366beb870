/** Something that a person should know now. Told once; also a warning in the log. */
export type Alarm =
  | {
      readonly kind: "invitation-expiring";
      readonly invitationId: string;
      readonly title: string | undefined;
      readonly customer: string | undefined;
      readonly expiresAt: number;
    }
  | { readonly kind: "record-gone"; readonly crmRef: string; readonly opportunityId: string }
  | { readonly kind: "opportunity-gone"; readonly crmRef: string; readonly opportunityId: string };

/** What the alarm says, without personal data: for a log. */
export function alarmMessage(alarm: Alarm): string {
  switch (alarm.kind) {
    case "invitation-expiring":
      return `invitation ${alarm.invitationId} expires at ${new Date(alarm.expiresAt).toISOString()} and waits for an answer`;
    case "record-gone":
      return `CRM record ${alarm.crmRef} is gone; opportunity ${alarm.opportunityId} stays at AWS as it is`;
    case "opportunity-gone":
      return `AWS no longer shows opportunity ${alarm.opportunityId} of CRM record ${alarm.crmRef}`;
  }
}
