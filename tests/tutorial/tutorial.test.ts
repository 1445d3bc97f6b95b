import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../scripts/repository";
import { runCommand } from "../../scripts/run-command";
import { requirePart } from "../support/parts";
import { describeTutorial, ELASTIC_NETS } from "./followed-tutorial";

describeTutorial(
  "the tutorial, followed to the letter",
  () => ({ port: 5001 }),
  (valuesOf) => {
    test("its elastic nets have scikit-learn's weights on the same data, to 1e-2", async () => {
      const { python } = requirePart("python");
      const data = join(REPOSITORY, "node_modules/vega-datasets/data/cars.json");
      const printed = await runCommand(python, [join(__dirname, "elastic_net.py"), data, ...ELASTIC_NETS]);
      const expected = JSON.parse(printed) as Readonly<Record<string, readonly number[]>>;
      for (const pair of ELASTIC_NETS) {
        const [alpha, l1Ratio] = pair.split(",");
        const weights = valuesOf(`elastic net (alpha=${alpha}, l1_ratio=${l1Ratio})`);
        const differences = weights.map((weight, index) => Math.abs(weight - (expected[pair]?.[index] as number)));
        expect(Math.max(...differences), pair).toBeLessThan(1e-2);
      }
    });
  },
);
