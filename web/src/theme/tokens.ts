import type { Severity } from '../api/types';

export type Mode = 'dark' | 'light';

/** The five bands; used for bands and for severities and states that mean the same, never as decoration. */
export const bandColour: Record<Severity, string> = { red: '#D4380D', orange: '#FA8C16', yellow: '#FADB14', blue: '#1677FF', green: '#52C41A' };

/** `danger` writes what went wrong and what takes something away; the dark theme mixes its panel in, so that it begins lighter there to be read. */
export interface Palette { ground: string; panel: string; raised: string; line: string; text: string; quiet: string; faint: string; accent: string; accentText: string; danger: string }

export const palettes: Record<Mode, Palette> = {
  dark: { ground: '#0d1218', panel: '#131a22', raised: '#1a232d', line: '#26323e', text: '#e4eaf0', quiet: '#9aa9b8', faint: '#66788a', accent: '#2fb3ba', accentText: '#0d1218', danger: '#ff6b42' },
  light: { ground: '#f2f4f7', panel: '#ffffff', raised: '#f7f9fb', line: '#d8dfe6', text: '#17212b', quiet: '#51616f', faint: '#8494a3', accent: '#0b7d86', accentText: '#ffffff', danger: bandColour.red },
};

export const fonts = 'system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
