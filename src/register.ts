import { prepareAutolog } from "./autolog";

prepareAutolog();
