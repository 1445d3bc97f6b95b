export { formatYaml, HEXADECIMAL_ID, SAFE_PLAIN, type YamlMap, type YamlValue } from "./yaml-text";
