/** What kind of server a database is on, and its URI as the packages read it: without a driver of SQLAlchemy's in the scheme. */
export function serverPlace(uri: string): { readonly kind: "postgresql" | "mysql"; readonly place: string } {
  const place = uri.replace(/^(\w+)\+\w+:/, "$1:").replace(/^postgres:/i, "postgresql:");
  return { kind: /^mysql:/i.test(place) ? "mysql" : "postgresql", place };
}
