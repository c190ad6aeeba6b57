import { useMemo } from 'react';
import type { Alarm } from '../../api/types';
import { useWords } from '../../context/preferences';
import { SeverityMark } from '../../ui/marks';
import type { Column } from '../../ui/table';
import { Ago, Span } from '../../ui/time';
import { ThingName } from '../directory/place';
import { AcknowledgeButton } from './Acknowledge';

export function useAlarmColumns(withThing: boolean): Column<Alarm>[] {
  const { t, label } = useWords();
  return useMemo(() => {
    const columns: Column<Alarm>[] = [
      { key: 'severity', title: t('severity'), width: 96, slim: true, render: (alarm) => <SeverityMark severity={alarm.severity} urgent={alarm.severity === 'red' && alarm.state === 'raised'} /> },
      { key: 'what', title: t('alarms.what'), render: (alarm) => <span className="strong">{label(alarm.ruleName)}</span> },
      { key: 'thing', title: t('thing'), render: (alarm) => <ThingName id={alarm.thing} name={alarm.thingName} /> },
      { key: 'explanation', title: t('explain'), only: 'wide', width: '32%', render: (alarm) => <span className="quiet" title={label(alarm.explanation)}>{label(alarm.explanation)}</span> },
      { key: 'state', title: t('state'), only: 'wide', width: 104, render: (alarm) => t(`alarms.state.${alarm.state}`) },
      { key: 'raised', title: t('alarms.raised'), width: 112, right: true, render: (alarm) => <Ago at={alarm.raisedAt} /> },
      { key: 'lasted', title: t('alarms.lasted'), width: 120, right: true, only: 'xwide', render: (alarm) => <Span from={alarm.raisedAt} to={alarm.clearedAt} /> },
      { key: 'act', title: '', width: 128, right: true, only: 'wide', render: (alarm) => <AcknowledgeButton alarm={alarm} small /> },
    ];
    return withThing ? columns : columns.filter((column) => column.key !== 'thing');
  }, [t, label, withThing]);
}
