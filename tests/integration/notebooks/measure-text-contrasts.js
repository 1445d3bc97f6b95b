/** Runs in the page: each text in what matches `selector`, with its contrast. */
globalThis.measureTextContrasts = (selector) => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  // A pixel painted with it knows any colour's parts, however CSS writes it.
  const paint = (colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of ["white", ...colours]) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgrounds = (element) =>
    element ? [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];

  return [...document.querySelectorAll(selector)]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()),
    )
    .filter((element) => element.checkVisibility() && getComputedStyle(element).fontSize !== "0px")
    .map((element) => {
      const below = backgrounds(element);
      const bottom = luminance(paint(below));
      const top = luminance(paint([...below, getComputedStyle(element).color]));
      const contrast = (Math.max(top, bottom) + 0.05) / (Math.min(top, bottom) + 0.05);
      return { text: element.textContent, contrast };
    });
};
