import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { PythonExtension, PVSC_EXTENSION_ID } from "@vscode/python-extension";
import * as vscode from "vscode";

/** A program with its first arguments, and how it says its version. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly version: string;
}

/** There is no haanalyzer to run; the message says where it was looked for. */
export class NotFound extends Error {}

const SCRIPTS = process.platform === "win32" ? "Scripts" : "bin";
const NAME = process.platform === "win32" ? "haanalyzer.exe" : "haanalyzer";
const PATIENCE_MS = 20_000;

/** The first of these that runs: the setting's, and nothing else if there is one; the Python environment's; the PATH's. Throws NotFound. */
export async function findCommand(): Promise<Command> {
  const set = vscode.workspace.getConfiguration("haanalyzer").get<string[]>("command", []);
  const [program, ...args] = set.map(withFolder);
  const candidates = program ? [[program, ...args]] : [...(await inEnvironments()), [NAME]];
  const tried: string[] = [];
  for (const candidate of candidates) {
    try {
      return await answering(candidate);
    } catch (error) {
      tried.push(`${candidate.join(" ")}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new NotFound(tried.join("\n"));
}

async function answering([program = "", ...args]: readonly string[]): Promise<Command> {
  const { stdout } = await promisify(execFile)(program, [...args, "--version"], {
    timeout: PATIENCE_MS,
    ...(firstFolder() && { cwd: firstFolder() }),
  });
  return { program, args, version: stdout.trim() };
}

/** Programs of the workspace run only where the user trusts it. */
async function inEnvironments(): Promise<string[][]> {
  if (!vscode.workspace.isTrusted) {
    return [];
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const virtual = folders.map((folder) => path.join(folder.uri.fsPath, ".venv", SCRIPTS, NAME));
  const selected = await inSelectedEnvironment();
  return [...(selected ? [selected] : []), ...virtual].map((program) => [program]);
}

async function inSelectedEnvironment(): Promise<string | undefined> {
  if (!vscode.extensions.getExtension(PVSC_EXTENSION_ID)) {
    return undefined;
  }
  const { environments } = await PythonExtension.api();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  const python = environment?.executable.uri?.fsPath;
  return python && path.join(path.dirname(python), NAME);
}

/** Calls back when the user selects another Python environment; without the Python extension there is none to select. */
export async function onDidSelectEnvironment(listener: () => void): Promise<vscode.Disposable> {
  if (!vscode.extensions.getExtension(PVSC_EXTENSION_ID)) {
    return new vscode.Disposable(() => undefined);
  }
  const { environments } = await PythonExtension.api();
  return environments.onDidChangeActiveEnvironmentPath(listener);
}

function withFolder(text: string): string {
  return text.replaceAll("${workspaceFolder}", firstFolder() ?? "${workspaceFolder}");
}

function firstFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}
