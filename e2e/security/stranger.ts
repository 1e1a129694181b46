import { once } from 'node:events';
import { createServer } from 'node:http';

/** A web server that is not ours, and counts who comes. */
export interface Stranger {
  readonly url: string;
  readonly visits: readonly string[];
  readonly close: () => Promise<void>;
}

export const openStranger = async (): Promise<Stranger> => {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
    response.end('<script>document.title = "stranger"</script>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    visits,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
