export type { PageAnswer } from "./answer";
export { requestOfForm } from "./form";
export { PAGE_HEADERS, pageHtml, type SentForm } from "./page";
