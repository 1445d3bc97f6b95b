export { type Address, type HttpServer, startHttpServer } from "./http-server";
export { stopSignal } from "./stop-signal";
export { isWorker, leaveWorkers, startWorkers, WorkerEnded, type Workers, workerStop } from "./workers";
