import type { EmulatorResponse } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import type { RouteContext } from "./context.ts";
import { OAuthError } from "./sessions.ts";

/** `POST /services/oauth2/token`: JWT bearer, client credentials, refresh token (which is replaced each time). */
export function token({ org, sessions, request, origin }: RouteContext): EmulatorResponse {
  try {
    const { accessToken, refreshToken } = sessions.grant(new URLSearchParams(request.body));
    const body = {
      access_token: accessToken,
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      instance_url: origin,
      id: identityUrl(org, origin),
      token_type: "Bearer",
      issued_at: String(org.clock.now()),
      signature: "emulated",
      scope: "api refresh_token",
    };
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return { status: 400, body: { error: error.error, error_description: error.message } };
  }
}

/** `POST /services/oauth2/revoke` */
export function revoke({ sessions, request }: RouteContext): EmulatorResponse {
  sessions.revoke(new URLSearchParams(request.body).get("token") ?? "");
  return { status: 200 };
}

/** `GET /services/oauth2/userinfo` */
export function userinfo({ org, origin }: RouteContext): EmulatorResponse {
  const { user, organization } = callerOf(org);
  return {
    status: 200,
    body: {
      sub: identityUrl(org, origin),
      user_id: user.Id,
      organization_id: organization.Id,
      preferred_username: user["Username"],
      name: user["Name"],
      email: user["Email"],
      email_verified: true,
      given_name: user["FirstName"],
      family_name: user["LastName"],
      zoneinfo: "UTC",
      active: true,
      user_type: "STANDARD",
    },
  };
}

/** `GET /id/{organization}/{user}` */
export function identity({ org, origin }: RouteContext): EmulatorResponse {
  const { user, organization } = callerOf(org);
  const data = `${origin}/services/data/v{version}`;
  return {
    status: 200,
    body: {
      id: identityUrl(org, origin),
      asserted_user: true,
      user_id: user.Id,
      organization_id: organization.Id,
      username: user["Username"],
      nick_name: user["Username"],
      display_name: user["Name"],
      email: user["Email"],
      first_name: user["FirstName"],
      last_name: user["LastName"],
      timezone: "UTC",
      active: true,
      user_type: "STANDARD",
      language: "en_US",
      locale: "en_US",
      photos: { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` },
      urls: {
        rest: `${data}/`,
        sobjects: `${data}/sobjects/`,
        query: `${data}/query/`,
        profile: `${origin}/${user.Id}`,
      },
    },
  };
}

/** Where the caller's identity is told. */
export function identityUrl(org: Org, origin: string): string {
  const { user, organization } = callerOf(org);
  return `${origin}/id/${organization.Id}/${user.Id}`;
}

/** Everybody who calls is the integration user: the first one of the org. */
function callerOf(org: Org): { readonly user: StoredRecord; readonly organization: StoredRecord } {
  const [user] = org.store.all(org.schema().object("User"));
  const [organization] = org.store.all(org.schema().object("Organization"));
  if (!user || !organization) throw new Error("The org has no user or no Organization record: load one of each.");
  return { user, organization };
}
