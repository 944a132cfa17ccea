import { ink } from './ink';

export type Mode = keyof typeof ink;

/** Stages of money, one hue from full to empty (paid, verified, committed, reserved). */
const stages: Record<Mode, readonly [string, string, string, string]> = {
  light: ['#0F5B4E', '#3F8A7B', '#84B8AB', '#C3DDD5'],
  dark: ['#6FC7B2', '#4A9C8A', '#2F6B5F', '#21463E'],
  contrast: ['#00291F', '#2C6E60', '#6FA698', '#B5D3CA'],
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());

function variables(mode: Mode): string {
  const [paid, verified, committed, reserved] = stages[mode];
  const inks = Object.entries(ink[mode]).map(([name, value]) => `--${kebab(name)}:${value}`);
  const scheme = mode === 'dark' ? 'dark' : 'light';
  const line = mode === 'contrast' ? '2px' : '1px';
  return [
    ...inks,
    `--paid:${paid}`,
    `--verified:${verified}`,
    `--committed:${committed}`,
    `--reserved:${reserved}`,
    `--line:${line}`,
    // A hairline between sheets becomes a full edge in high contrast.
    `--edge:${mode === 'contrast' ? ink.contrast.ruleStrong : ink[mode].rule}`,
    `color-scheme:${scheme}`,
  ].join(';');
}

/** The inks as custom properties for each html[data-theme], so that our own style sheets never name a colour. */
export const themeVariables = (Object.keys(ink) as Mode[])
  .map((mode) => `html[data-theme=${mode}]{${variables(mode)}}`)
  .join('\n');
