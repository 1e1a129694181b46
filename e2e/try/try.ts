import { ZodError, z } from 'zod';
import { readArguments, type TryArguments, usage } from './arguments.ts';
import { makeJourney } from './journey.ts';
import { judge, listen } from './listen.ts';

const startedAt = performance.now();
const tell = (line: string): void => {
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
};

const parse = (): TryArguments => {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof ZodError ? z.prettifyError(error) : String(error));
    console.error(`Usage: ${usage}`);
    process.exit(2);
  }
};

const given = parse();
const evidence = await makeJourney(given, tell);
const verdicts = judge(listen({ ...evidence, staffNumber: given.agent, language: given.language }));
for (const { what, holds } of verdicts) tell(`${holds ? 'holds' : 'FAILS'}: ${what}`);
tell(`kept in ${given.out}: caller-heard.wav, agent-heard.wav, form.json, sip-trace.jsonl, screenshots`);
process.exit(verdicts.every(({ holds }) => holds) ? 0 : 1);
