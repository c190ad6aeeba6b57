import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { trendOption, typeSize, type TrendLine } from '../../charts/trend';
import { usePreferences, useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';
import { useZone } from '../../context/zone';

export function IndicatorTrend({ lines, unit, label, wall = false }: { lines: TrendLine[]; unit: string; label: string; wall?: boolean }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const zone = useZone();
  const option = useMemo(() => trendOption(lines, {
    size: wall ? typeSize.wall : typeSize.desk, mode, language, zone, unit: unitSign(unit, language), factor: unit === '%' ? 100 : 1, bandWord: (band) => (band === null ? '' : t(`band.${band}`)),
  }), [lines, wall, mode, language, zone, unit, t]);
  return <Chart option={option} label={label} />;
}
