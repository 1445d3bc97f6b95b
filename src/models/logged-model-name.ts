/** MLflow forbids these in a LoggedModel's name, and uses `/` and `:` in model URIs. */
const FORBIDDEN = /[/:.%"']/g;

/** The name that the LoggedModel has whose folder is named so. */
export const loggedModelName = (folder: string): string => folder.replace(FORBIDDEN, "_");
