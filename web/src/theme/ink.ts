// Ink and Rule (مداد وسطر): the five inks, the paper and the spine, as Ant Design data.
// Every colour of the app comes from here; variables.ts hands the same values to our own style sheets.
import { theme as antd, type ThemeConfig } from 'antd';
const k = ['desk','paper','raised','wash','ink','ink2','ink3','rule','ruleStrong','zinjar','zinjarBg','lazward','lazwardBg',
 'maghra','maghraBg','zunjufr','zunjufrBg','onPrimary','spine','spineOn','spineInk','gold'] as const;
const p = (s: string) => Object.fromEntries(s.split(' ').map((v, i) => [k[i], '#' + v])) as Record<typeof k[number], string>;
export const ink = {
 light: p('E9ECE6 FBFCF9 FFFFFF F2F4EF 17201C 46524C 5F6B65 D5DAD3 7E8A84 0F5B4E E1EEE9 2A4A97 E6EBF7 7D5200 F7EBD0 A3301D F9E4DF FFFFFF 0C3F36 FFFFFF CFE3DC E2B65E'),
 dark: p('0D1210 151C19 1C2521 19211D E7ECE8 B6C1BB 8F9C95 2C3732 6C7A73 6FC7B2 17332C 9DB4F2 1C2745 E2B65E 342811 F2917E 3B1D17 0B1F1A 0A2B25 F2FBF8 A9C6BD E2B65E'),
 contrast: p('FFFFFF FFFFFF FFFFFF F5F5F5 000000 1F1F1F 333333 595959 000000 003D33 E3F2EE 12296B E8EDFA 4D3200 FFF3D6 7A1506 FDE9E5 FFFFFF 000000 FFFFFF FFFFFF FFD57A'),
};
export function diwanTheme(mode: keyof typeof ink, density: 'comfortable' | 'compact'): ThemeConfig {
 const c = ink[mode], s = density === 'compact', hc = mode === 'contrast';
 return {
  algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm, cssVar: { key: `diwan-${mode}` }, hashed: false,
  token: {
   colorPrimary: c.zinjar, colorLink: c.zinjar, colorInfo: c.lazward, colorSuccess: c.zinjar, colorWarning: c.maghra, colorError: c.zunjufr,
   colorTextLightSolid: c.onPrimary, colorPrimaryBg: c.zinjarBg, colorInfoBg: c.lazwardBg, colorSuccessBg: c.zinjarBg, colorWarningBg: c.maghraBg, colorErrorBg: c.zunjufrBg,
   colorText: c.ink, colorTextSecondary: c.ink2, colorTextTertiary: c.ink3, colorTextQuaternary: c.ink3, colorTextPlaceholder: c.ink3,
   colorBgLayout: c.desk, colorBgContainer: c.paper, colorBgElevated: c.raised, colorFillAlter: c.wash,
   colorBorder: c.ruleStrong, colorBorderSecondary: c.rule, colorSplit: c.rule,
   fontFamily: '"Diwan Figures","IBM Plex Sans Arabic",system-ui,sans-serif', fontSize: 15, fontSizeSM: 13, fontSizeLG: 17, fontWeightStrong: 600,
   fontSizeHeading1: 30, fontSizeHeading2: 24, fontSizeHeading3: 20, fontSizeHeading4: 17, fontSizeHeading5: 15,
   lineHeight: 1.7, lineHeightSM: 1.55, lineHeightLG: 1.65, lineHeightHeading1: 1.35, lineHeightHeading2: 1.45, lineHeightHeading3: 1.5,
   sizeUnit: 4, sizeStep: 4, controlHeight: s ? 32 : 38, controlHeightSM: 32, controlHeightLG: 46,
   borderRadiusXS: 2, borderRadiusSM: 4, borderRadius: 6, borderRadiusLG: 6, lineWidth: hc ? 2 : 1, lineWidthFocus: 3, controlOutlineWidth: 3,
   boxShadow: 'none', boxShadowTertiary: 'none', boxShadowSecondary: '0 8px 24px -12px rgb(10 30 24 / .28)',
   motionDurationFast: '0.08s', motionDurationMid: '0.14s', motionDurationSlow: '0.2s', motionEaseOut: 'cubic-bezier(.2,0,0,1)',
  },
  components: {
   Layout: { bodyBg: c.desk, headerBg: c.paper, headerHeight: 56, headerPadding: '0 20px', siderBg: c.spine },
   Table: { headerBg: c.wash, headerColor: c.ink2, headerSplitColor: 'transparent', headerBorderRadius: 0, borderColor: c.rule, rowHoverBg: c.wash,
    rowSelectedBg: c.zinjarBg, rowSelectedHoverBg: c.zinjarBg, cellFontSize: 14, cellPaddingBlock: s ? 7 : 11, cellPaddingInline: 10, footerBg: c.paper },
   Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', defaultBg: c.raised },
   Card: { headerFontSize: 16, headerHeight: 44 }, Modal: { titleFontSize: 20 }, Descriptions: { labelBg: c.wash },
   Form: { labelColor: c.ink2, verticalLabelPadding: '0 0 4px', itemMarginBottom: s ? 14 : 20 },
   Tag: { defaultBg: c.wash, defaultColor: c.ink2 }, Tabs: { titleFontSize: 15, inkBarColor: c.zinjar, horizontalItemGutter: 24 },
   Tooltip: { colorBgSpotlight: c.ink, colorTextLightSolid: c.paper },
   Segmented: { itemSelectedBg: c.zinjarBg, itemSelectedColor: c.zinjar, trackBg: c.paper },
  },
 };
}
