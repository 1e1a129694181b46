import type { Page } from 'playwright-core';
import { writeWav } from '../audio/wav.ts';

/** Records for some seconds what the phone window plays to the agent's ear, as 8 kHz WAV. */
export const hearAtDesk = async (phonePage: Page, seconds: number, file: string): Promise<void> => {
  const samples = await phonePage.evaluate(async (forSeconds) => {
    const player = [...document.querySelectorAll('audio')].find((one) => one.srcObject instanceof MediaStream);
    if (!(player?.srcObject instanceof MediaStream)) throw new Error('the phone plays no remote stream');
    const context = new AudioContext({ sampleRate: 8_000 });
    const source = context.createMediaStreamSource(player.srcObject);
    const tap = context.createScriptProcessor(1_024, 1, 1);
    const heard: number[] = [];
    tap.onaudioprocess = ({ inputBuffer }) => heard.push(...inputBuffer.getChannelData(0));
    source.connect(tap).connect(context.destination);
    await new Promise((resolve) => setTimeout(resolve, forSeconds * 1_000));
    await context.close();
    return heard;
  }, seconds);
  writeWav(file, Float32Array.from(samples));
};
