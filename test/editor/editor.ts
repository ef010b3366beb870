import type { CompletionList, Diagnostic, Hover, MarkupContent, Position } from "vscode-languageserver-types";
import { startYamlLanguageServer } from "./language-server.ts";

/** An editor with one folder open. In texts, `‸` is where the cursor stands. */
export interface Editor {
  /** What is offered at the cursor, by label. */
  complete(text: string): Promise<readonly string[]>;
  /** What is shown for the word at the cursor, as Markdown. */
  hover(text: string): Promise<string>;
  /** What is underlined: `line: message`. */
  diagnose(text: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const cursor = "‸";

/** Opens an editor that asks nobody but the language server: its store of schemas, which lies on the internet, is off. */
export async function openEditor(folder: URL): Promise<Editor> {
  const server = startYamlLanguageServer({
    yaml: { schemaStore: { enable: false }, validate: true, hover: true, completion: true },
  });
  const diagnosed = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  server.on("textDocument/publishDiagnostics", (parameters) => {
    const { uri, diagnostics } = parameters as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
    diagnosed.get(uri)?.(diagnostics);
  });
  const capabilities = { workspace: { configuration: true }, textDocument: { hover: {}, completion: {} } };
  await server.request("initialize", { processId: process.pid, rootUri: folder.href, capabilities });
  server.notify("initialized", {});

  let opened = 0;
  const open = (text: string): { readonly textDocument: { readonly uri: string }; readonly position: Position } => {
    opened += 1;
    const uri = new URL(`unsaved-${opened}.yaml`, folder).href;
    const before = text.split(cursor)[0]?.split("\n") ?? [];
    server.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "yaml", version: 1, text: text.replace(cursor, "") },
    });
    return { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
  };
  return {
    async complete(text) {
      const { items } = await server.request<CompletionList>("textDocument/completion", open(text));
      return items.map(({ label }) => label);
    },
    async hover(text) {
      const shown = await server.request<Hover | null>("textDocument/hover", open(text));
      return (shown?.contents as MarkupContent | undefined)?.value ?? "";
    },
    async diagnose(text) {
      const { textDocument } = open(text);
      const diagnostics = await new Promise<readonly Diagnostic[]>(
        (resolve) => void diagnosed.set(textDocument.uri, resolve),
      );
      return diagnostics.toSorted(byPlace).map(({ range, message }) => `${range.start.line + 1}: ${wordsOf(message)}`);
    },
    close: () => server.close(),
  };
}

function byPlace({ range: { start: a } }: Diagnostic, { range: { start: b } }: Diagnostic): number {
  return a.line - b.line || a.character - b.character;
}

function wordsOf(message: Diagnostic["message"]): string {
  return typeof message === "string" ? message : message.value;
}
