import { theme, type ThemeConfig } from 'antd';
import { bandColour, fonts, palettes, type Mode } from './tokens';

/** Ant Design in our palette: flat, one border colour, 32 px controls. */
export function antdTheme(mode: Mode): ThemeConfig {
  const palette = palettes[mode];
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: 'jw' },
    token: {
      colorPrimary: palette.accent,
      colorLink: palette.accent,
      colorInfo: palette.accent,
      colorError: palette.danger,
      colorWarning: bandColour.orange,
      colorSuccess: bandColour.green,
      colorBgBase: palette.panel,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.panel,
      colorBgElevated: palette.raised,
      colorText: palette.text,
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.faint,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      colorBorderDisabled: palette.line,
      colorTextLightSolid: palette.accentText,
      fontFamily: fonts,
      fontSize: 14,
      borderRadius: 4,
      controlHeight: 32,
      boxShadow: 'none',
      boxShadowSecondary: `0 0 0 1px ${palette.line}, 0 8px 24px rgb(0 0 0 / ${mode === 'dark' ? '40%' : '12%'})`,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      wireframe: false,
    },
    components: {
      Drawer: { paddingLG: 16 },
      Modal: { titleFontSize: 16 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tabs: { horizontalMargin: '0 0 16px 0' },
    },
  };
}
