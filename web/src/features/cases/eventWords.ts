import { useAll } from '../../api/all';
import type { CaseDetail, CaseEvent, CaseType, Scalar } from '../../api/types';
import { useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';
import { scalarText } from '../telemetry/valueText';
import { isObject, objectName } from '../trace/names';
import { fieldList } from './fields';

/** What an event says, in words. */
export function useEventWords(item: CaseDetail) {
  const { t, label, language } = useWords();
  const fields = fieldList(item.fieldInfo);
  const type = useAll<CaseType>('/api/case-types').data?.find((one) => one.id === item.type);
  const people = useAll<{ id: string; name: string }>('/api/assignees', { party: item.party }, true, 60_000);
  const personName = (id: unknown) => typeof id !== 'string' ? t('cases.duty') : people.data?.find((one) => one.id === id)?.name ?? (id === item.assignee ? item.assigneeName : null) ?? id;
  const taskName = (id: unknown) => typeof id !== 'string' ? '' : label(item.plan.find((one) => one.id === id)?.name) || id;
  const fieldText = (id: string, value: Scalar) => {
    const info = fields.find((one) => one.id === id);
    const named = info?.values?.find((one) => one.id === value);
    const told = typeof value === 'string' && isObject(value) ? objectName(value) : scalarText(value, language);
    return `${label(info?.name) || id}: ${named === undefined ? `${told} ${unitSign(info?.unit, language)}`.trim() : label(named.name)}`;
  };
  const text = (event: CaseEvent): string => {
    const data = event.data ?? {};
    switch (event.kind) {
      case 'opened': return t('cases.event.opened');
      case 'transition': return t('cases.event.transition', { name: label(type?.transitions?.find((one) => one.id === data['transition'])?.name) || String(data['transition']) });
      case 'assigned': return t('cases.event.assigned', { name: people.data?.find((one) => one.id === data['assignee'])?.name ?? (data['assignee'] === item.assignee ? item.assigneeName : null) ?? String(data['assignee']) });
      case 'commented': return t('cases.event.commented');
      case 'field': return t('cases.event.field');
      case 'linked': return t('cases.event.linked');
      case 'overdue': return t('cases.event.overdue');
      case 'passed': return t(`cases.event.${data['how'] as 'reassigned' | 'handedOver' | 'returned'}`, { name: personName(data['to']) });
      case 'delegated': return data['to'] === undefined || data['to'] === null ? t('cases.event.delegate.ended') : t('cases.event.delegated', { name: personName(data['to']) });
      case 'reminded': return t('cases.event.reminded', { name: taskName(data['task']) });
      case 'escalated': return t('cases.event.escalated', { level: String(data['level']) });
      case 'planned': return t('cases.event.planned');
      case 'task-ended': return t(data['skipped'] === true ? 'cases.event.task.skipped' : 'cases.event.task.ended', { name: taskName(data['task']) });
      case 'task-returned': return t('cases.event.task.returned', { name: taskName(data['task']) });
      case 'task-assigned': return t('cases.event.task.assigned', { task: taskName(data['task']), name: personName(data['assignee']) });
      case 'task-overdue': return t('cases.event.task.overdue', { name: taskName(data['task']) });
      case 'checked': return t(data['done'] === true ? 'cases.event.checked' : 'cases.event.unchecked', { name: label(item.checklist.find((one) => one.id === data['item'])?.name) || String(data['item']) });
      case 'evidence': return t('cases.event.evidence', { name: String((data['evidence'] as { name?: string } | undefined)?.name ?? '') });
      case 'merged': return t('cases.event.merged', { number: String(data['into']) });
      case 'absorbed': return t('cases.event.absorbed', { number: String(data['from']) });
      case 'restored': return t('cases.event.restored', { number: String(data['from']) });
      case 'released': return t('cases.event.released', { number: String(data['to']) });
      case 'supervised': return t(`cases.supervise.${data['kind'] as 'urge'}`);
      case 'answered': return t('cases.event.answered');
      case 'answer-overdue': return t('cases.event.answer.overdue');
      case 'due-changed': return t('cases.event.due.changed');
      case 'task-due-changed': return t('cases.event.task.due.changed', { name: taskName(data['task']) });
      case 'tasks-added': return t('cases.event.tasks.added', { names: ((data['tasks'] as { id?: string }[] | undefined) ?? []).map((one) => taskName(one.id)).join(t('cases.and')) });
      case 'tasks-dropped': return t('cases.event.tasks.dropped');
      case 'case-linked': return t(data['linked'] === true ? 'cases.event.case.linked' : 'cases.event.case.unlinked', { number: String(data['other']) });
      case 'rated': return t('cases.event.rated', { mark: String(data['mark']) });
      case 'migrated': return t('cases.event.migrated');
      case 'erased': return t('cases.event.erased', { seq: String(data['seq']), reason: String(data['reason']) });
      default: return event.kind;
    }
  };
  const lines = (event: CaseEvent): string[] => {
    const data = event.data ?? {};
    const filled = typeof data['fields'] === 'object' && data['fields'] !== null ? Object.entries(data['fields'] as Record<string, Scalar>) : [];
    const words = [data['comment'], data['text'], event.kind === 'erased' ? null : data['reason']].filter((one): one is string => typeof one === 'string' && one !== '');
    if (event.erased) return [t('cases.erased')];
    // The agreement of a request is no words: the case's fields lead to it.
    return [...words, ...filled.filter(([id]) => id !== 'agreement').map(([id, value]) => fieldText(id, value))];
  };
  return { text, lines };
}
