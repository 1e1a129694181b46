import { Transform, type TransformCallback } from 'node:stream';
import type { MailParserOptions } from 'mailparser';
import type { MailProblem } from '../../../domain/forms/origin.ts';
import { decodeText } from './charset.ts';

/** Hears the bytes of each text of one mail, and remembers whether a charset was not what it was named. */
export interface CharsetReader {
  /** In the place of the parser's own decoder. */
  readonly Iconv: NonNullable<MailParserOptions['Iconv']>;
  readonly doubt: () => MailProblem | undefined;
}

export const createCharsetReader = (): CharsetReader => {
  let doubt: MailProblem | undefined;
  class Reader extends Transform {
    readonly #named: string;
    readonly #chunks: Buffer[] = [];

    constructor(named: string) {
      super();
      this.#named = named;
    }

    override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
      this.#chunks.push(chunk);
      done();
    }

    override _flush(done: TransformCallback): void {
      const { text, readAs, damaged } = decodeText(
        aliases.get(this.#named.toLowerCase()) ?? this.#named,
        Buffer.concat(this.#chunks),
      );
      const isUnnamed = this.#named === unnamed;
      if (damaged || (readAs !== undefined && !(isUnnamed && readAs === 'utf-8'))) {
        doubt ??= {
          code: 'unknown-charset',
          detail: `${isUnnamed ? 'none' : this.#named.slice(0, 40)} named, read as ${readAs ?? 'damaged text'}`,
        };
      }
      done(null, text);
    }
  }
  return { Iconv: Reader, doubt: () => doubt };
};

/**
 * The parser takes text named UTF-8 or ASCII, or not named at all, for UTF-8 without asking its decoder.
 * This is a copy of the mail in which such text names none of the charsets there are: to be read a second
 * time for its text, where the first reading came upon bytes that are not UTF-8.
 */
export const withoutNames = (raw: Buffer): Buffer => {
  const renamed = raw
    .toString('latin1')
    .replace(/charset\s*=\s*"?(?:utf-?8|us-ascii|ascii)"?/gi, `charset=${unnamed}`)
    .replace(/^(content-type:[ \t]*text\/(?:plain|html))[ \t]*(\r?\n(?![ \t]))/gim, `$1; charset=${unnamed}$2`);
  const head = renamed.slice(0, renamed.search(/\r?\n\r?\n/));
  const named = /^content-type:/im.test(head) ? renamed : `Content-Type: text/plain; charset=${unnamed}\r\n${renamed}`;
  return Buffer.from(named, 'latin1');
};

const unnamed = 'x-unnamed';

/** Names mailers use that the Encoding Standard does not know. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['gb2312_charset', 'gbk'],
  ['cp950', 'big5'],
  ['cp932', 'shift_jis'],
  ['cp949', 'euc-kr'],
]);
