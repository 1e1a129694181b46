import { ok, type Result, refused } from '../../domain/result.ts';
import type { AttachmentFiles } from '../cache/attachment-files.ts';
import type { Api, ApiFailure } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';

export interface TransferParts {
  readonly files: Pick<AttachmentFiles, 'read'>;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  readonly now: () => number;
}

/** Of one request; grows while the line is fast. */
const leastPieceBytes = 64 * 1024;
const firstPieceBytes = 256 * 1024;
const mostPieceBytes = 4 * 1024 * 1024;
const quickMs = 1_500;

/** Pieces in a row of which nothing arrived. */
const maxVain = 3;

/**
 * Brings a file of this desk to the centre, from where an earlier try broke off; resolves when the centre has it whole
 * and verified. `not-found`: this desk has it no more, or what it has is spoiled.
 */
export const uploadFile = async (parts: TransferParts, sha256: string): Promise<Result<undefined, ApiFailure>> => {
  const bytes = parts.files.read(sha256);
  return bytes ? uploadBytes(parts, sha256, bytes) : refused({ code: 'not-found' });
};

/** The same for bytes in hand. */
export const uploadBytes = async (
  { api, tokens, now }: Omit<TransferParts, 'files'>,
  sha256: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<undefined, ApiFailure>> => {
  const ask = () => authorized(tokens, (accessToken) => api.askUpload(sha256, accessToken));
  let pieceBytes = firstPieceBytes;
  let vain = 0;
  let begunAgain = false;
  let state = await ask();
  while (state.ok && !state.value.kept) {
    const offset = state.value.have;
    const piece = bytes.subarray(offset, offset + pieceBytes);
    const began = now();
    const sent = await authorized(tokens, (accessToken) =>
      api.sendPart({ sha256, size: bytes.length, offset, bytes: piece }, accessToken),
    );
    if (sent.ok) pieceBytes = now() - began < quickMs ? Math.min(2 * pieceBytes, mostPieceBytes) : firstPieceBytes;
    else if (sent.error.code === 'unreachable') pieceBytes = leastPieceBytes;
    else if (sent.error.code !== 'other-bytes' || begunAgain) return sent;
    // Spoiled on the way, or by the disk of the centre; what is read here fits its name.
    else begunAgain = true;
    state = sent.ok ? sent : await ask();
    const came = state.ok && (state.value.kept || state.value.have > offset);
    vain = came ? 0 : vain + 1;
    if (vain > maxVain) return refused({ code: 'unreachable' });
  }
  return state.ok ? ok(undefined) : state;
};
