export { type Address, type HttpServer, serveConnections, startHttpServer } from "./http-server";
export { stopSignal } from "./stop-signal";
export {
  isWorker,
  leaveWorkers,
  startWorkers,
  takeConnections,
  WorkerEnded,
  type Workers,
  workerStop,
} from "./workers";
