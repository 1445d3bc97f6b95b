export { Histories } from "./histories";
export { type Interval, sampleInterval } from "./sample-interval";
