/** One kind of deal: why the customer buys, what is sold, and how AWS would classify it. */
export interface Scenario {
  readonly solution: { readonly id: string; readonly name: string };
  /** One of AWS's use cases. */
  readonly useCase: string;
  /** The customer's problem; `{customer}` is the customer's name. */
  readonly problem: string;
  /** AWS's product identifiers. */
  readonly products: readonly string[];
  readonly deliveryModels: readonly string[];
}

/** The partner's ten solutions, each with the deal that it is sold in. */
export const scenarios: readonly [Scenario, ...Scenario[]] = [
  {
    solution: { id: "S-0001111", name: "Data Lake Foundation" },
    useCase: "Big Data: Data Warehouse/Data Integration/ETL/Data Lake/BI",
    problem:
      "{customer} keeps sales and stock figures in nine separate databases; a report takes four days to compile.",
    products: ["AmazonS3", "AmazonRedshift"],
    deliveryModels: ["Managed Services", "Professional Services"],
  },
  {
    solution: { id: "S-0001112", name: "Lift and Land Migration" },
    useCase: "Migration/Database Migration",
    problem:
      "The lease of {customer}'s data centre ends next year, and 240 servers with their databases must move before that.",
    products: ["AmazonS3", "AmazonCloudWatch"],
    deliveryModels: ["Professional Services"],
  },
  {
    solution: { id: "S-0001113", name: "Guarded Cloud Baseline" },
    useCase: "Security & Compliance",
    problem:
      "An audit found that {customer} cannot show who may reach customer data; accounts and logs are not managed in one place.",
    products: ["AWSControlTower", "AmazonGuardDuty"],
    deliveryModels: ["Managed Services"],
  },
  {
    solution: { id: "S-0001114", name: "Contact Centre in a Week" },
    useCase: "Business Applications & Contact Center",
    problem:
      "Callers of {customer} wait eleven minutes on average; the old telephone system cannot add agents for the season.",
    products: ["AmazonBedrock", "AWSLambda"],
    deliveryModels: ["SaaS or PaaS"],
  },
  {
    solution: { id: "S-0001115", name: "Restore Ready Backup" },
    useCase: "Storage & Backup",
    problem:
      "{customer} writes its backups to tape; the last exercise restored less than half of the files within a day.",
    products: ["AWSBackup", "AmazonS3"],
    deliveryModels: ["SaaS or PaaS", "Managed Services"],
  },
  {
    solution: { id: "S-0001116", name: "Container Platform Start" },
    useCase: "Containers & Serverless",
    problem:
      "A release of {customer}'s web shop takes a night and a maintenance window; the teams want to ship every day.",
    products: ["AmazonElasticKubernetesServiceEKS", "AWSLambda"],
    deliveryModels: ["Professional Services"],
  },
  {
    solution: { id: "S-0001117", name: "Demand Forecast Studio" },
    useCase: "AI Machine Learning and Analytics",
    problem:
      "{customer} plans its purchases with spreadsheets and writes off a tenth of its stock; it needs forecasts by store and week.",
    products: ["AmazonSageMaker", "AmazonRedshift"],
    deliveryModels: ["SaaS or PaaS", "Professional Services"],
  },
  {
    solution: { id: "S-0001118", name: "SAP on AWS Landing" },
    useCase: "Business Applications & SAP Production",
    problem:
      "The hardware under {customer}'s SAP system is out of support, and month-end closing runs into the next working day.",
    products: ["AWSBackup", "AmazonCloudWatch"],
    deliveryModels: ["Managed Services", "Professional Services"],
  },
  {
    solution: { id: "S-0001119", name: "Fleet Telemetry Hub" },
    useCase: "IOT",
    problem:
      "{customer} learns of failing machines when customers call; sensor data of 3,000 devices stays unread on site.",
    products: ["AWSLambda", "AmazonDynamoDB"],
    deliveryModels: ["SaaS or PaaS"],
  },
  {
    solution: { id: "S-0001120", name: "One View Operations" },
    useCase: "Monitoring & Observability",
    problem:
      "Five monitoring tools tell {customer}'s operators five different stories; outages last 70 minutes on average.",
    products: ["AmazonCloudWatch"],
    deliveryModels: ["BYOL or AMI", "Resell"],
  },
];

/** The partner's solutions as AWS lists them: the Partner Central emulator knows the same. */
export const seedSolutions: readonly { readonly id: string; readonly name: string }[] = scenarios.map(
  ({ solution }) => solution,
);
