// A refused call, in Rocket.Chat's two manners: a bare text, or a code with a sentence.

export class Refusal extends Error {
  /** null: it was thrown as a bare text, and the answer has no `errorType`. */
  readonly code: string | null;
  readonly status: number;

  constructor(message: string, code: string | null, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** As `new Error('invalid-token')`: the answer's `error` is the text alone. */
export function plain(text: string): Refusal {
  return new Refusal(text, null);
}

/** As `Meteor.Error`: `error` is the sentence with the code in brackets, `errorType` the code. */
export function coded(code: string, sentence?: string, status = 400): Refusal {
  return new Refusal(sentence === undefined ? `[${code}]` : `${sentence} [${code}]`, code, status);
}
