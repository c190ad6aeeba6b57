import type { Notice } from '../../api/types';
import { useWords } from '../../context/preferences';
import { SeverityMark } from '../../ui/marks';
import type { Column } from '../../ui/table';
import { Ago } from '../../ui/time';

/** What every list of notices begins with. */
export function useNoticeColumns<T extends Notice>(isNew?: (item: T) => boolean): Column<T>[] {
  const { t, label } = useWords();
  return [
    { key: 'severity', title: t('severity'), width: 88, slim: true, render: (item) => <SeverityMark severity={item.severity} /> },
    { key: 'kind', title: t('notifications.kind'), width: 112, only: 'wide', render: (item) => t(`notifications.kind.${item.kind}`) },
    { key: 'subject', title: t('notifications.subject'), render: (item) => <span className={isNew?.(item) === true ? 'strong' : undefined} title={label(item.body)}>{label(item.subject)}</span> },
    { key: 'at', title: t('time'), width: 96, right: true, render: (item) => <Ago at={item.at} /> },
  ];
}
