import { clip } from "./escape";
import { type Markup, type MarkupValue, markup } from "./markup";

/** Where a person goes on from here: a page when a server is known, else the command that starts one. */
export interface RunLink {
  /** An `http:` or `https:` URL; any other is not made a link. */
  readonly href?: string;
  readonly command?: string;
}

const WEB_URL = /^https?:\/\//i;

/** Whether a URL is one that may become a link. */
function isWebUrl(href: string | undefined): href is string {
  return href !== undefined && WEB_URL.test(href);
}

/** Content as a link, or plain when the URL is none of the web. A path leads on where the output itself stands: on a page of the server. */
export function linked(href: string | undefined, content: MarkupValue): MarkupValue {
  if (href !== undefined && /^\/(?!\/)/.test(href)) return markup`<a href="${href}">${content}</a>`;
  return isWebUrl(href) ? markup`<a href="${href}" target="_blank" rel="noopener">${content}</a>` : content;
}

/** The link of a footer. */
export function linkMarkup(link: RunLink | undefined): MarkupValue {
  const { href, command } = link ?? {};
  if (isWebUrl(href)) {
    return linked(href, "open in UI ↗");
  }
  return command === undefined ? undefined : markup`<code>${command}</code>`;
}

/** The name of a run or the like: bold, cut at a length that no layout survives, whole in the tooltip. */
export function nameMarkup(name: string, href?: string, tooltip: string = name): Markup {
  return markup`<b class="name" title="${clip(tooltip, 300)}">${linked(href, clip(name, 200))}</b>`;
}

/** An id of which eight characters show, and a click selects the whole. */
export function idMarkup(id: string): Markup {
  return markup`<code class="id" title="${id}">${id}</code>`;
}

/** A link as words for a terminal. */
export function linkText(link: RunLink | undefined): string | undefined {
  const { href, command } = link ?? {};
  return isWebUrl(href) ? href : command;
}
