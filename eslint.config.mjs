// ESLint checks one thing that Biome cannot: a promise that nobody waits for. Everything else is Biome's (biome.json).
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", ".cache/", "**/mlruns/", "**/.trackbook/", "**/fixtures/"] },
  {
    files: ["**/*.ts", "**/*.mts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: { "@typescript-eslint/no-floating-promises": "error" },
  },
);
