/** Runs in the page: what of it stands where nobody sees it, each as a line of words. */
globalThis.measureLayout = () => {
  const root = document.documentElement;
  const faults = root.scrollWidth > root.clientWidth ? ["the page scrolls sideways"] : [];
  const slack = 1;

  // Tables of many columns scroll in their card, under a hint; a legend has to fit.
  for (const main of document.querySelectorAll(".main")) {
    if (main.scrollWidth <= main.clientWidth) continue;
    if (main.closest(".two")) faults.push(`a legend is cut: ${main.innerText.slice(0, 80)}`);
    const hints = getComputedStyle(main).backgroundAttachment;
    if (!/local.*scroll/.test(hints)) faults.push(`nothing hints that a table scrolls: ${main.innerText.slice(0, 80)}`);
  }

  const clips = (element) => getComputedStyle(element).overflowX !== "visible";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const isSeen = node.nodeValue.trim() && element.checkVisibility() && getComputedStyle(element).fontSize !== "0px";
    if (!isSeen || element.closest("title, desc, select")) continue;
    const card = element.closest(".card") ?? document.querySelector("main");
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    const whole = card.getBoundingClientRect();
    let isClipped = false;
    for (let above = element; above !== card && above; above = above.parentElement) isClipped ||= clips(above);
    const isOut =
      text.left < whole.left - slack ||
      text.right > whole.right + slack ||
      text.top < whole.top - slack ||
      text.bottom > whole.bottom + slack;
    if (isOut && !isClipped) faults.push(`outside of its card: ${node.nodeValue.trim().slice(0, 80)}`);
  }
  return faults;
};
