import { fonts, palettes, type Mode } from '../theme/tokens';

/** The least ink: no axis lines but the time axis, faint grid, words in the quiet colour. */
export function chartStyle(mode: Mode) {
  const palette = palettes[mode];
  return {
    palette,
    text: { color: palette.quiet, fontFamily: fonts, fontSize: 11 },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.line, width: 1, opacity: 0.7 } },
    tooltip: {
      trigger: 'axis' as const,
      backgroundColor: palette.raised,
      borderColor: palette.line,
      borderWidth: 1,
      padding: [6, 10] as [number, number],
      textStyle: { color: palette.text, fontFamily: fonts, fontSize: 12 },
      extraCssText: 'box-shadow:none;border-radius:4px;',
      axisPointer: { type: 'line' as const, lineStyle: { color: palette.quiet, width: 1, type: 'dashed' as const } },
      confine: true,
    },
  };
}

/** Text from outside goes into tooltips as text, never as markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
