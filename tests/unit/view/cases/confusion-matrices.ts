import type { ConfusionMatrix } from "../../../../src/view";

/** Every case of the confusion matrix. */
export const confusionMatrices: Readonly<Record<string, ConfusionMatrix>> = {
  penguins: {
    labels: ["Adelie", "Chinstrap", "Gentoo"],
    counts: [
      [143, 3, 0],
      [5, 62, 1],
      [0, 0, 119],
    ],
    title: "training confusion matrix",
  },
  binary: {
    labels: ["false", "true"],
    counts: [
      [1240, 31],
      [88, 12_004],
    ],
  },
  digits: {
    labels: Array.from({ length: 10 }, (_, digit) => String(digit)),
    counts: Array.from({ length: 10 }, (_, row) =>
      Array.from({ length: 10 }, (_, column) => (row === column ? 95 - row : (row * column) % 3)),
    ),
  },
  long: {
    labels: ["a class with a long name", "企鹅 🐧", "<img onerror>"],
    counts: [
      [4, 1, 0],
      [0, 7, 0],
      [2, 0, 9],
    ],
  },
  empty: { labels: [], counts: [] },
  "40-classes": {
    labels: Array.from({ length: 40 }, (_, row) => `class ${row}`),
    counts: Array.from({ length: 40 }, (_, row) =>
      Array.from({ length: 40 }, (_, column) => (row === column ? 20 : 0)),
    ),
  },
};
