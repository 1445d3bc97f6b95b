export { writeDockerFolder } from "./docker-folder";
