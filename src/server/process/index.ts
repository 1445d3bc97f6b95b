export { type Address, type App, type HttpServer, startHttpServer } from "./http-server";
export { serveApp, type ServeAppOptions } from "./serve-app";
export { isFirstProcess } from "./workers";
