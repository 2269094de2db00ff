/** The client of `haanalyzer lsp`: runs it where it is installed, and asks what a server cannot. */

import * as vscode from "vscode";
import { onDidSelectEnvironment } from "./command";
import { ignore } from "./ignore";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("haanalyzer", { log: true });
  const running = (server = new Server(output));
  const restart = (): Promise<void> => running.restart();
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("haanalyzer.restart", restart),
    vscode.commands.registerCommand("haanalyzer.showOutput", () => output.show()),
    vscode.commands.registerCommand("haanalyzer.fixAll", fixAll),
    vscode.commands.registerCommand("haanalyzer.ignore", (finding: unknown) => ignore(running.client, finding)),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("haanalyzer.command")) {
        void restart();
      }
    }),
  );
  await restart();
  context.subscriptions.push(await onDidSelectEnvironment(restart));
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

function fixAll(): Thenable<unknown> {
  return vscode.commands.executeCommand("editor.action.codeAction", {
    kind: "source.fixAll.haanalyzer",
    apply: "first",
  });
}
