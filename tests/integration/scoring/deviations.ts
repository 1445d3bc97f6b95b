/** An answer in which we differ from MLflow's scoring server, and why. */
export interface Deviation {
  readonly name: string;
  readonly reason: string;
  /** Lines of requests/*.txt. */
  readonly requests: readonly string[];
}

/** Every deviation; the parity test fails where a request differs that is not here, and where one does not that is. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    name: "no Content-Type",
    reason: "MLflow answers 500, for it looks into a header that is not there; 415 says what is missing.",
    requests: ['linear [] {"inputs":{"a":[1],"b":[2]}}'],
  },
  {
    name: "NaN",
    reason: "MLflow writes the word NaN (and Infinity), which is no JSON; ours is null.",
    requests: [
      'notNumbers {"inputs":[1]}',
      'linear {"dataframe_split":{"columns":["a","b"],"data":[[1,2],[1]]}}',
      'linear {"dataframe_records":[{"a":1},{"b":4}]}',
      'linear {"inputs":[{"a":1,"b":null}]}',
      'linear {"inputs":{"a":[1],"b":[null]}}',
      "linear [text/csv] a,b\\n1e3,inf\\n",
      "linear [text/csv] a,b\\n1,\\n",
      "linear [text/csv] a,b\\n1\\n",
      "linear [text/csv] a,b\\nnan,NA\\n",
    ],
  },
  {
    name: "nested beyond Python's stack",
    reason: "MLflow answers 500 to a body of a few kilobytes; ours is 400.",
    requests: ["free DEEP"],
  },
  {
    name: "the page",
    reason: "MLflow has nothing at /; ours is a page to try the model.",
    requests: ["GET /", "HEAD /"],
  },
  {
    name: "HEAD",
    reason: "HTTP wants HEAD wherever there is GET, and health checks use it; MLflow answers 405.",
    requests: ["HEAD /ping", "HEAD /version"],
  },
  {
    name: "columns beside instances",
    reason:
      "Read as dataframe_split, of which it is the older form; MLflow takes no notice of the names and then misses them.",
    requests: ['linear {"columns":["a","b"],"instances":[[1,2]]}'],
  },
  {
    name: "a missing text in inputs",
    reason: 'MLflow makes the word "None" of it; ours stays missing, as in data frames.',
    requests: ['types {"inputs":{"string":[null]}}', 'types {"inputs":{"string":["a",null]}}'],
  },
  {
    name: "a missing value in a column of booleans",
    reason: "MLflow makes it true or false depending on what stands in the other rows; ours is always false.",
    requests: [
      'types {"dataframe_split":{"columns":["boolean"],"data":[[1],[null]]}}',
      'types {"dataframe_split":{"columns":["boolean"],"data":[["x"],[null]]}}',
    ],
  },
  {
    name: "bytes",
    reason:
      "MLflow reads base64 in data frames, and takes its letters themselves for the bytes in inputs and CSV; ours is always base64.",
    requests: [
      'types {"inputs":{"binary":["aGVsbG8="]}}',
      'types {"inputs":{"binary":"aGVsbG8="}}',
      'types {"inputs":{"binary":["é"]}}',
      'types {"inputs":{"binary":[5]}}',
      'types {"inputs":[{"binary":"aGVsbG8="}]}',
      "types [text/csv] binary\\naGVsbG8=\\n",
    ],
  },
  {
    name: "whole numbers in the form of fractions",
    reason: "JavaScript's 1.0, 1e9 and 1 are one number; Python tells them apart, and refuses or saturates the former.",
    requests: [
      'types {"dataframe_split":{"columns":["integer"],"data":[[3e9],[1e30],[1.5]]}}',
      'params {"inputs":[1],"params":{"count":1.0}}',
      'nested {"dataframe_split":{"columns":["vector"],"data":[[[1,2]]]}}',
      'linear {"prompt":"x","a":1,"b":2}',
    ],
  },
  {
    name: "integers beyond 64 bits",
    reason: "MLflow turns some of them into the lowest integer without a word; ours is 400.",
    requests: [
      'types {"dataframe_split":{"columns":["long"],"data":[[9223372036854775808]]}}',
      'types {"dataframe_split":{"columns":["long"],"data":[[1e30],[-1e30]]}}',
    ],
  },
  {
    name: "dates of several forms",
    reason:
      "MLflow refuses zones in data frames, two forms in one column, and every date in CSV; ours takes each by itself, in UTC.",
    requests: [
      'types {"dataframe_split":{"columns":["datetime"],"data":[["2024-01-02"],["2024-01-02T03:04:05.678"]]}}',
      'types {"dataframe_split":{"columns":["datetime"],"data":[["2024-01-02T03:04:05.678"],["2024-01-02"]]}}',
      'types {"dataframe_split":{"columns":["datetime"],"data":[["2024-01-02T03:04:05Z"]]}}',
      'types {"dataframe_split":{"columns":["datetime"],"data":[["2024-01-02T03:04:05+02:00"]]}}',
      "types [text/csv] datetime\\n2024-01-02\\n",
      "types [text/csv] double,datetime\\n1,2024-01-02\\n",
    ],
  },
  {
    name: "fractions of a nanosecond",
    reason: "A date in inputs may be a number of nanoseconds with a fraction, as it may in data frames.",
    requests: ['types {"inputs":{"datetime":[1.5]}}'],
  },
  {
    name: "a CSV whose rows are longer than its names",
    reason:
      "MLflow takes the first cells for row labels, and predicts from the others under the wrong names; ours is 400.",
    requests: ["linear [text/csv] a,b\\n1,2,3\\n", "linear [text/csv] a,b\\n1,2,3\\n1,2\\n"],
  },
  {
    name: "CSV for tensors",
    reason: "MLflow refuses every CSV where the signature has tensors; ours is a table like any other.",
    requests: ["tensor [text/csv] p,q\\n1,2\\n", "tensors [text/csv] a,b\\n1,2\\n"],
  },
  {
    name: "an index of another length",
    reason: "MLflow repeats a single row for each entry of the index; ours is 400.",
    requests: ['linear {"dataframe_split":{"columns":["a","b"],"data":[[1,2]],"index":[7,8]}}'],
  },
  {
    name: "rows of unlike columns in inputs",
    reason: "MLflow casts all columns without names to the type of the first; ours casts each to its own.",
    requests: ['unnamed {"inputs":[[1,2]]}', 'unnamed {"inputs":[[1,"x"]]}', 'unnamed {"instances":[[1,2]]}'],
  },
  {
    name: "unlike values without a signature",
    reason: "NumPy makes texts of all; ours stay what they are.",
    requests: ['free {"inputs":[1,"x"]}'],
  },
  {
    name: "arrays in instances",
    reason: "MLflow cannot put records with arrays of several lengths together; ours are rows.",
    requests: ['nested {"instances":[{"vector":[1.5,2.5]},{"vector":[3.5]}]}'],
  },
];
