import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { trendOption, type TrendLine } from '../../charts/trend';
import { usePreferences, useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';
import { useZone } from '../../context/zone';

export function IndicatorTrend({ lines, unit, label }: { lines: TrendLine[]; unit: string; label: string }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const zone = useZone();
  const option = useMemo(() => trendOption(lines, {
    mode, language, zone, unit: unitSign(unit, language), factor: unit === '%' ? 100 : 1, bandWord: (band) => (band === null ? '' : t(`band.${band}`)),
  }), [lines, mode, language, zone, unit, t]);
  return <Chart option={option} label={label} />;
}
