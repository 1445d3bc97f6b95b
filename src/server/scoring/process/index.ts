export { type Address, type HttpServer, startHttpServer } from "./http-server";
