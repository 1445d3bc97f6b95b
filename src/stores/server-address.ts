/** Whether a URI is that of a database on a server, of a kind that trackbook can use. */
export const isDatabaseServer = (uri: unknown): uri is string =>
  typeof uri === "string" && /^(postgres(ql)?|mysql)(\+\w+)?:\/\/[^/]/i.test(uri);
