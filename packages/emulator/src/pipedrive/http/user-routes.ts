import type { PipedriveUser } from "../document.ts";
import { notFound } from "../pipedrive-error.ts";
import { idOf, type RouteContext, type RouteHandler, success } from "./context.ts";

/** `GET /v1/users`: all at once, deactivated ones too. */
export const listUsers: RouteHandler = (context) =>
  success([...context.company.users.values()].map((user) => userOf(context, user)));

export const getUser: RouteHandler = (context) => {
  const user = context.company.users.get(idOf(context));
  if (!user) throw notFound("User");
  return success(userOf(context, user));
};

/** `GET /v1/users/me`: who calls, and for which company. */
export const getMe: RouteHandler = (context) => {
  const { companyId, companyName, companyDomain } = context.company.own();
  const user = context.company.users.get(context.userId);
  if (!user) throw notFound("User");
  return success({
    ...userOf(context, user),
    ...{ company_id: companyId, company_name: companyName, company_domain: companyDomain },
    ...{ company_country: "US", company_industry: null, language: { language_code: "en", country_code: "US" } },
  });
};

function userOf({ company, userId }: RouteContext, { id, name, email, active }: PipedriveUser): object {
  return {
    ...{ id, name, email, default_currency: company.own().currency, locale: "en_US", lang: 1, phone: null },
    ...{ activated: true, active_flag: active, is_deleted: !active, is_you: id === userId, role_id: 1 },
    ...{ timezone_name: "America/New_York", timezone_offset: "-05:00", has_created_company: false, icon_url: null },
  };
}
