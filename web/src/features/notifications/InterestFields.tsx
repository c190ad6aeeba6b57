import { Form, Select } from 'antd';
import { useAll } from '../../api/all';
import type { NotificationKind, Severity, TypeInfo } from '../../api/types';
import { useWords } from '../../context/preferences';

export const kinds: NotificationKind[] = ['alarmRaised', 'alarmCleared', 'caseOpened', 'caseAssigned', 'caseDue', 'caseOverdue', 'caseEscalated', 'caseSupervised', 'caseAnswered', 'caseAnswerOverdue', 'caseClosed'];
const severities: Severity[] = ['red', 'orange', 'yellow', 'blue'];

/** Which occurrences are wanted; what is left empty does not narrow. */
export function InterestFields({ name }: { name: (string | number)[] }) {
  const { t, label } = useWords();
  const types = useAll<TypeInfo>('/api/types');
  return (
    <>
      <Form.Item name={[...name, 'kinds']} label={t('notifications.kind')}><Select mode="multiple" allowClear placeholder={t('notify.any')} options={kinds.map((kind) => ({ value: kind, label: t(`notifications.kind.${kind}`) }))} /></Form.Item>
      <Form.Item name={[...name, 'severities']} label={t('severity')}><Select mode="multiple" allowClear placeholder={t('notify.any')} options={severities.map((severity) => ({ value: severity, label: t(`severity.${severity}`) }))} /></Form.Item>
      <Form.Item name={[...name, 'types']} label={t('type')}><Select mode="multiple" allowClear placeholder={t('notify.any')} optionFilterProp="label" options={(types.data ?? []).map((type) => ({ value: type.id, label: label(type.name) }))} /></Form.Item>
    </>
  );
}
