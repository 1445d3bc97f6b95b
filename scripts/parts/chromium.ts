import { existsSync } from "node:fs";
import { installDebianPackages } from "./debian";
import type { Part } from "./part";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

// The page's text and the glyphs of run states look alike on every machine that has these.
const FONTS = ["fonts-dejavu-core", "fonts-liberation", "fonts-noto-color-emoji"];

export const chromium: Part<"chromium"> = {
  name: "chromium",
  what: "a Chromium to look at pages with (or the path of one in CHROMIUM)",
  needs: [],
  command: "sudo apt-get install chromium",
  find() {
    const found = [process.env.CHROMIUM, ...PLACES].find((place) => place && existsSync(place));
    return found ? { chromium: found } : undefined;
  },
  supply: () => installDebianPackages(["chromium", ...FONTS]),
};
