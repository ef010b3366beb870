import { services, type ServiceName } from "./services.ts";

/** AWS's lists of values, by AWS's name: `Stage`, `ReviewStatus`, `CountryCode` … Exact spellings, as the model has them. */
export const enums: Readonly<Record<string, readonly string[]>> = enumsOf("selling");

/** The Account API's lists of values. Some of its names are Selling's too, with other values. */
export const accountEnums: Readonly<Record<string, readonly string[]>> = enumsOf("account");

function enumsOf(service: ServiceName): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(services[service].model.shapes).flatMap(([name, shape]) =>
      shape.type === "string" && shape.enum ? [[name, shape.enum]] : [],
    ),
  );
}

/** Values that AWS takes and gives although its own list lacks them. */
export const valuesBeyondEnums: readonly {
  readonly enumName: string;
  readonly value: string;
  readonly source: string;
  readonly unofficial: boolean;
}[] = [
  {
    enumName: "PaymentFrequency",
    value: "None",
    source: "AWS documentation, deal sizing by total contract value (December 2025)",
    unofficial: false,
  },
  {
    enumName: "PrimaryNeedFromAws",
    value: "Do Not Need Support from AWS Sales Rep",
    source: "AWS sample repository, Opportunity-StandardValues.csv and recorded answers",
    unofficial: true,
  },
];

const beyond = new Map<string, readonly string[]>(
  Object.entries(enums).map(([name, values]) => [
    name,
    [...values, ...valuesBeyondEnums.filter((row) => row.enumName === name).map((row) => row.value)],
  ]),
);

/** Everything that AWS is known to accept for an enum: the model's list and, in Selling, {@link valuesBeyondEnums}. */
export function acceptedValues(enumName: string, service: ServiceName = "selling"): readonly string[] {
  return (service === "selling" ? beyond.get(enumName) : accountEnums[enumName]) ?? [];
}
