import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

/** Asks why a finding is to be ignored and until when, and has the server write the comment. `finding` is the server's own. */
export async function ignore(client: LanguageClient | undefined, finding: unknown): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: "Ignore here, because… (1/2)",
    prompt: "The reason stands in the comment, for whoever reads it next.",
    validateInput: (text) => (text.trim() ? undefined : "Give a reason."),
  });
  if (reason === undefined) {
    return;
  }
  const until = await vscode.window.showInputBox({
    title: "Until which day? (2/2)",
    prompt: "From the day after, the finding is reported again. Empty: for good.",
    placeHolder: "YYYY-MM-DD",
    validateInput: (text) => (!text.trim() || isDay(text.trim()) ? undefined : "A day is written YYYY-MM-DD."),
  });
  if (until === undefined) {
    return;
  }
  const params = { command: "haanalyzer.suppress", arguments: [finding, reason.trim(), until.trim() || null] };
  await client?.sendRequest(ExecuteCommandRequest.type, params);
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}
