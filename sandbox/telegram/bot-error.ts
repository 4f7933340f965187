// How the Bot API refuses: https://core.telegram.org/bots/api#making-requests
export class BotError extends Error {
  readonly code: number;
  readonly parameters: object | undefined;

  constructor(code: number, description: string, parameters?: object) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}
