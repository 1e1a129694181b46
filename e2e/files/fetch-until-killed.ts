import { openFileDesk } from './desk-at-centre.ts';

/** Fetches one file; tells how many bytes are here, a line each, until it is killed. */
const [folder = '', server = '', accessToken = '', sha256 = ''] = process.argv.slice(2);
const onProgress = ({ have }: { readonly have: number }): void => void process.stdout.write(`${have}\n`);
const { files } = openFileDesk({ folder, server, accessToken, onProgress });
const fetched = await files.openAttachment(sha256);
process.stdout.write(fetched.ok ? 'whole\n' : `${fetched.error.code}\n`);
