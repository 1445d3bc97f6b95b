import { globalSlot } from "../global-state";

/**
 * What URIs of this process have said of who is asking: the `Authorization` of each host, and by the URIs of databases without a password those
 * with it. Everything else holds, shows and hands on URIs without. A thread is given it when it begins.
 */
export const knownCredentials = globalSlot("url-credentials", () => new Map<string, string>());

/** A database's URI without its password, which is kept for {@link withPassword}. */
export function hidePassword(uri: string): string {
  // As SQLAlchemy has it, which takes more in a password than a URL does.
  const open = uri
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*):(?!\d+\/)[^?]*@/i, "$1@")
    .replace(/([?&])(?:password|passwd|sslpassword)=[^&#]*&?/gi, "$1")
    .replace(/[?&]$/, "");
  if (open !== uri) knownCredentials.set(open, uri);
  return open;
}

/** The URI of which {@link hidePassword} has made this one; any other as it is. */
export const withPassword = (uri: string): string => knownCredentials.get(uri) ?? uri;
