import { extname } from "node:path";
import { Node, Project, type SourceFile } from "ts-morph";

export interface SegmentPlace {
  /** As shown in the segment's first line. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly exact: boolean;
}

export interface Segment {
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * The statement that holds the training's call, and the function around it. Without an exact position (a notebook's cell), the call of `method` that is nearest to it.
 * Loads ts-morph (about 0.4 s, once): never in the caller's path.
 */
export function findSegment(place: SegmentPlace, method: string): Segment | undefined {
  try {
    return readSegment(place, method);
  } catch (error) {
    // The parser descends into what it reads: a text may be nested deeper than the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readSegment(place: SegmentPlace, method: string): Segment | undefined {
  const source = parse(place);
  const node = place.exact ? nodeAt(source, place) : nearestCall(source, place.line, method);
  // The body of an arrow function may be no statement: then the one that the function stands in.
  const statement = node && (outermostStatement(node) ?? node.getFirstAncestor(Node.isStatement));
  if (!statement) return undefined;
  const lines = linesOf(statement);
  const parts = [`// ${place.name}:${lines.startLine}-${lines.endLine}`, statement.getText()];
  const enclosing = statement.getFirstAncestor(isFunction);
  if (enclosing) {
    const { startLine, endLine } = linesOf(enclosing);
    parts.push("", `// in ${functionName(enclosing)}, ${place.name}:${startLine}-${endLine}`, enclosing.getText());
  }
  return { text: `${parts.join("\n")}\n`, ...lines };
}

function parse({ file, text }: SegmentPlace): SourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true },
  });
  return project.createSourceFile(`source${extname(file) || ".ts"}`, text);
}

function nodeAt(source: SourceFile, { line, column }: SegmentPlace): Node | undefined {
  const lines = source.getFullText().split("\n");
  if (line < 1 || line > lines.length) return undefined;
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return source.getDescendantAtPos(start + Math.min(Math.max(column - 1, 0), (lines[line - 1] as string).length));
}

function nearestCall(source: SourceFile, line: number, method: string): Node | undefined {
  const distance = (node: Node) => Math.abs(node.getStartLineNumber() - line);
  return source
    .getDescendants()
    .filter((node) => isCallOf(node, method))
    .sort((a, b) => distance(a) - distance(b))[0];
}

function isCallOf(node: Node, method: string): boolean {
  if (method === "constructor") return Node.isNewExpression(node);
  if (!Node.isCallExpression(node)) return false;
  const callee = node.getExpression();
  return Node.isPropertyAccessExpression(callee) && callee.getName() === method;
}

/** The whole loop around a call, not only the line in it; never beyond the function. */
function outermostStatement(node: Node): Node | undefined {
  let found: Node | undefined;
  for (let current: Node | undefined = node; current && !isFunction(current); current = current.getParent())
    if (Node.isStatement(current) && !Node.isBlock(current)) found = current;
  return found;
}

const isFunction = (node: Node): boolean => Node.isFunctionLikeDeclaration(node);

function functionName(node: Node): string {
  const name = Node.hasName(node) ? node.getName() : undefined;
  if (name) return name;
  const parent = node.getParent();
  return parent && Node.isVariableDeclaration(parent) ? parent.getName() : "an anonymous function";
}

const linesOf = (node: Node) => ({ startLine: node.getStartLineNumber(), endLine: node.getEndLineNumber() });
