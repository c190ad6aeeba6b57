import { useMemo } from 'react';
import type { FactItem } from '../../api/incidents';
import type { Severity } from '../../api/types';
import type { Language } from '../../i18n/language';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { known } from '../../i18n/translate';
import { useRegionName } from '../directory/names';
import { useFactValues, useIncidentType } from './useTypes';

/** The gravest first: in this order they are told. */
export const harms = ['dead', 'missing', 'trapped', 'injured', 'evacuated'] as const;
export const numberFacts = [...harms, 'magnitude', 'loss'];
export const allFacts = ['class', 'kind', 'level', 'date', 'place', 'region', ...numberFacts];

/** Yuan as people say them: 3500 万元, 1.2 亿元. */
export function money(yuan: number, language: Language): string {
  if (language === 'en') return yuan >= 1e6 ? `¥${number(yuan / 1e6, language)} m` : `¥${number(yuan, language)}`;
  if (yuan >= 1e8) return `${number(yuan / 1e8, language)} 亿元`;
  return yuan >= 1e4 ? `${number(yuan / 1e4, language)} 万元` : `${number(yuan, language)} 元`;
}

/** Heat is compared, not measured: beyond a hundred its tenths say nothing. */
export const heatText = (heat: number, language: Language) => number(heat, language, heat < 100 ? 1 : 0);

/** Warnings and indicators count as degrees in expressions: 0 (none, or green) to 4 (red). */
export const degreeBand = (degree: number): Severity => (['green', 'blue', 'yellow', 'orange', 'red'] as const)[degree] ?? 'green';

type Said = Pick<FactItem, 'fact' | 'number' | 'text'>;

/** The facts of a kind of incidents in words. */
export function useFactWords(typeId?: string) {
  const { t, label, language } = useWords();
  const type = useIncidentType(typeId);
  const classes = useFactValues(type, 'class');
  const kinds = useFactValues(type, 'kind');
  const region = useRegionName();
  return useMemo(() => {
    const valueName = (values: typeof kinds, id: string) => label(values.find((one) => one.id === id)?.name) || id;
    const name = (fact: string) => { const key = `fact.${fact}`; return known(key) ? t(key) : fact; };
    const className = (id: string | null) => id === null ? t('incidents.class.none') : valueName(classes, id);
    const kindName = (id: string | null) => id === null ? t('incidents.kind.none') : valueName(kinds, id);
    const levelName = (level: number | null) => { const key = `incidents.level.${level ?? 0}`; return known(key) ? t(key) : '–'; };
    const levelShort = (level: number | null) => { const key = `incidents.level.short.${level ?? 0}`; return known(key) ? t(key) : '–'; };
    const value = ({ fact, number: figure, text }: Said): string => {
      switch (fact) {
        case 'class': return className(text);
        case 'kind': return kindName(text);
        case 'level': return levelShort(figure);
        case 'region': return region(text);
        case 'magnitude': return figure === null ? text ?? '–' : number(figure, language, 1);
        case 'loss': return figure === null ? text ?? '–' : money(figure, language);
        default: return figure === null ? text ?? '–' : number(figure, language);
      }
    };
    const brief = (facts: Said[]) => numberFacts.flatMap((fact) => {
      const item = facts.find((one) => one.fact === fact);
      return item === undefined || item.number === null || item.number === 0 ? [] : [`${name(fact)} ${value(item)}`];
    });
    return { name, value, brief, className, kindName, levelName, levelShort, classes, kinds };
  }, [t, label, language, classes, kinds, region]);
}
