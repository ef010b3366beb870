/**
 * The values that AWS accepts for an opportunity's choices (service model of Partner Central Selling, 2022-07-26; use
 * cases as AWS documents them), as this org's administrator typed them into custom picklists.
 */
export const awsUseCases: readonly string[] = [
  "AI Machine Learning and Analytics",
  "Archiving",
  "Big Data: Data Warehouse/Data Integration/ETL/Data Lake/BI",
  "Blockchain",
  "Business Applications & Contact Center",
  "Business Applications & SAP Production",
  "Business Applications: Mainframe Modernization",
  "Centralized Operations Management",
  "Cloud Management Tools",
  "Cloud Management Tools & DevOps with Continuous Integration & Continuous Delivery (CICD)",
  "Configuration, Compliance & Auditing",
  "Connected Services",
  "Containers & Serverless",
  "Content Delivery & Edge Services",
  "Database",
  "Edge Computing/End User Computing",
  "Energy",
  "Enterprise Governance & Controls",
  "Enterprise Resource Planning",
  "Financial Services",
  "Healthcare and Life Sciences",
  "High Performance Computing",
  "Hybrid Application Platform",
  "Industrial Software",
  "IOT",
  "Manufacturing, Supply Chain and Operations",
  "Media & High performance computing (HPC)",
  "Migration/Database Migration",
  "Monitoring & Observability",
  "Monitoring, logging and performance",
  "Networking",
  "Outpost",
  "SAP",
  "Security & Compliance",
  "Storage & Backup",
  "Training",
  "VMC",
  "VMWare",
  "Web development & DevOps",
];

export const awsDeliveryModels: readonly string[] = [
  "SaaS or PaaS",
  "BYOL or AMI",
  "Managed Services",
  "Professional Services",
  "Resell",
  "Other",
];

export const awsPrimaryNeeds: readonly string[] = [
  "Co-Sell - Architectural Validation",
  "Co-Sell - Business Presentation",
  "Co-Sell - Competitive Information",
  "Co-Sell - Pricing Assistance",
  "Co-Sell - Technical Consultation",
  "Co-Sell - Total Cost of Ownership Evaluation",
  "Co-Sell - Deal Support",
  "Co-Sell - Support for Public Tender / RFx",
];

export const awsSalesActivities: readonly string[] = [
  "Initialized discussions with customer",
  "Customer has shown interest in solution",
  "Conducted POC / Demo",
  "In evaluation / planning stage",
  "Agreed on solution to Business Problem",
  "Completed Action Plan",
  "Finalized Deployment Need",
  "SOW Signed",
];

export const awsCompetitors: readonly string[] = [
  "Oracle Cloud",
  "On-Prem",
  "Co-location",
  "Akamai",
  "AliCloud",
  "Google Cloud Platform",
  "IBM Softlayer",
  "Microsoft Azure",
  "Other- Cost Optimization",
  "No Competition",
  "*Other",
];

export const awsInvolvements: readonly string[] = ["Co-Sell", "For Visibility Only"];
