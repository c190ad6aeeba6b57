import type { Suppression } from '../../../api/types';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import type { Column } from '../../../ui/table';
import { At } from '../../../ui/time';
import { stateOf } from './stateOf';

/** Whose alarms are held back: a rule's, of a thing or a region with all below. */
export function useAbout(): (one: Suppression) => string {
  const { t, label } = useWords();
  return (one) => {
    const where = [one.thingName ?? one.thing, one.regionName ?? one.region].filter(Boolean).join(' · ');
    const rule = one.rule === null ? t('held.rules.all') : label(one.ruleName) || one.rule;
    return `${where || t('held.everywhere')} · ${rule}`;
  };
}

export function StateWord({ of }: { of: Suppression }) {
  const { t } = useWords();
  const state = stateOf(of, useNow());
  return <span className={state === 'standing' ? 'strong' : state === 'planned' ? '' : 'quiet'} data-state={state}>{t(`held.state.${state}`)}</span>;
}

export function useHeldColumns(): Column<Suppression>[] {
  const { t } = useWords();
  const about = useAbout();
  return [
    { key: 'state', title: t('state'), width: 96, render: (one) => <StateWord of={one} /> },
    { key: 'kind', title: t('held.kind'), width: 112, only: 'wide', render: (one) => t(`held.kind.${one.kind}`) },
    { key: 'about', title: t('held.about'), render: (one) => <span className="strong" title={about(one)}>{about(one)}</span> },
    { key: 'from', title: t('held.from'), width: 112, only: 'wide', render: (one) => <At at={one.from} shape="minute" /> },
    { key: 'to', title: t('held.to'), width: 112, render: (one) => <At at={one.endedAt ?? one.to} shape="minute" /> },
    { key: 'why', title: t('held.why'), width: '24%', only: 'wide', render: (one) => <span title={one.why}>{one.why}</span> },
    { key: 'by', title: t('held.by'), width: '12%', only: 'xwide', render: (one) => one.byName },
  ];
}
