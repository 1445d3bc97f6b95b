/** The server says "" or nothing on the last page. */
export const toPage = <T>(items: readonly T[], nextPageToken: string | undefined) =>
  nextPageToken ? { items, nextPageToken } : { items };
