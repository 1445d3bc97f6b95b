export { type Delivery, deliverJournal, tryRefusedAgain } from "./replay";
export { type FoundJournal, findJournals, shortFolder, spoolFolder } from "./spool-folder";
export { openSpooledStore } from "./spooled-store";
