import { useMemo } from 'react';
import type { Case } from '../../api/types';
import { useWords } from '../../context/preferences';
import { SeverityMark } from '../../ui/marks';
import type { Column } from '../../ui/table';
import { Ago } from '../../ui/time';
import { ThingName } from '../directory/place';
import { Due } from './Due';

export function useCaseColumns(withThing: boolean): Column<Case>[] {
  const { t, label } = useWords();
  return useMemo(() => {
    const columns: Column<Case>[] = [
      { key: 'number', title: t('cases.number'), width: 144, only: 'wide', render: (item) => <span className="quiet">{item.number}</span> },
      { key: 'severity', title: t('severity'), width: 88, slim: true, render: (item) => <SeverityMark severity={item.severity} /> },
      { key: 'title', title: t('cases.subject'), render: (item) => <span className="strong" title={label(item.titleLabel ?? item.title)}>{label(item.titleLabel ?? item.title)}</span> },
      { key: 'thing', title: t('thing'), only: 'wide', width: '14%', render: (item) => <ThingName id={item.thing} name={item.thingName} /> },
      { key: 'type', title: t('type'), only: 'xwide', width: 104, render: (item) => label(item.typeName) },
      { key: 'state', title: t('state'), width: 96, only: 'wide', render: (item) => label(item.stateName) },
      { key: 'assignee', title: t('cases.assignee'), only: 'wide', width: 104, render: (item) => item.assigneeName ?? <span className="faint">{t('cases.nobody')}</span> },
      { key: 'due', title: t('cases.due'), width: 160, render: (item) => <Due item={item} /> },
      { key: 'opened', title: t('cases.opened'), width: 112, right: true, only: 'wide', render: (item) => <Ago at={item.openedAt} /> },
    ];
    return withThing ? columns : columns.filter((column) => column.key !== 'thing');
  }, [t, label, withThing]);
}
