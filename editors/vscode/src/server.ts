import * as vscode from "vscode";
import { LanguageClient, type TextDocumentFilter } from "vscode-languageclient/node";
import { findCommand, NotFound } from "./command";

/** Templates and configurations by language, and by name where no extension gives them one. */
const DOCUMENTS: TextDocumentFilter[] = [
  ...["cloudformation", "terraform", "terraform-vars", "opentofu", "yaml", "json"].flatMap((language) => [
    { language, scheme: "file" },
    { language, scheme: "untitled" },
  ]),
  { scheme: "file", pattern: "**/*.{tf,tfvars,tf.json,template}" },
];

/** The running server, if there is one. Starting and stopping wait for each other. */
export class Server {
  #client: LanguageClient | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly output: vscode.LogOutputChannel) {}

  get client(): LanguageClient | undefined {
    return this.#client;
  }

  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop(): Promise<void> {
    return this.#next(() => this.#stop());
  }

  #next(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(step).catch((error: unknown) => this.#explain(error));
    return this.#turn;
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  async #start(): Promise<void> {
    const { program, args, version } = await findCommand();
    this.output.info(`${version}: ${[program, ...args].join(" ")} lsp`);
    const client = new LanguageClient(
      "haanalyzer",
      "haanalyzer",
      { command: program, args: [...args, "lsp"] },
      {
        documentSelector: DOCUMENTS,
        outputChannel: this.output,
        initializationOptions: { ignoreCommand: true },
      },
    );
    await client.start();
    this.#client = client;
  }

  async #explain(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    this.output.error(reason);
    const [settings, again, output] = ["Open Settings", "Try Again", "Show Output"] as const;
    const text =
      error instanceof NotFound
        ? "haanalyzer was not found, or does not run. Install it (pip install haanalyzer), or say in the settings where it is."
        : `haanalyzer does not start: ${reason}`;
    void vscode.window.showErrorMessage(text, settings, again, output).then((chosen) => {
      if (chosen === settings) {
        return vscode.commands.executeCommand("workbench.action.openSettings", "haanalyzer.command");
      }
      return chosen === again ? this.restart() : chosen && this.output.show();
    });
  }
}
