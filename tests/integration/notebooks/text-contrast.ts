import { join } from "node:path";
import type { Page } from "playwright-core";

/** A text of the page and how it stands against what is below it, as WCAG 2.2 measures contrast: 1 to 21. */
export interface TextContrast {
  readonly text: string;
  readonly contrast: number;
}

/** The contrast of every text in the elements that match `selector`, colours and transparency as the browser computed them. */
export async function textContrasts(page: Page, selector: string): Promise<readonly TextContrast[]> {
  await page.addScriptTag({ path: join(__dirname, "measure-text-contrasts.js") });
  return page.evaluate((wanted) => (globalThis as unknown as ContrastWindow).measureTextContrasts(wanted), selector);
}

/** What measure-text-contrasts.js adds to the page. */
interface ContrastWindow {
  measureTextContrasts(selector: string): readonly TextContrast[];
}
