import { customerUseCases, enums } from "@cosell/partner-central/model";

/** What AWS accepts for an opportunity's choices, as this org's administrator typed it into custom picklists. */
export const awsUseCases: readonly string[] = customerUseCases;
export const awsDeliveryModels = enums["DeliveryModel"] ?? [];
export const awsPrimaryNeeds = enums["PrimaryNeedFromAws"] ?? [];
export const awsSalesActivities = enums["SalesActivity"] ?? [];
export const awsCompetitors = enums["CompetitorName"] ?? [];
export const awsInvolvements: readonly string[] = ["Co-Sell", "For Visibility Only"];
