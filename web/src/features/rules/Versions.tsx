import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post, segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { Rule, RuleVersion } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { useProblemWords } from '../../ui/problemWords';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';

const pathOf = (rule: Rule) => `/api/rules/${segment(rule.id)}/versions`;

function usePublish(rule: Rule) {
  const { t } = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: object }) => post(path, { ...body, after: rule.version ?? 0 }),
    onSuccess: () => { void message.success(t('rules.published')); },
    onError: (error) => { void message.error(problemWords(error).line); },
    onSettled: () => { void client.invalidateQueries(); },
  });
}

/** Puts the changed words in force, with the reason. */
export function Publish({ rule, when, lasts }: { rule: Rule; when: string; lasts: string }) {
  const { t } = useWords();
  const { can } = useSession();
  const publish = usePublish(rule);
  const [why, setWhy] = useState('');
  if (!can('configure')) return null;
  const send = () => {
    const { severity, clear, clearFor, lateness, severityBy, during } = rule;
    publish.mutate({ path: pathOf(rule), body: { definition: { severity, when, clear, for: lasts, clearFor, absent: null, lateness, severityBy, during }, why } });
  };
  return (
    <div className="row" data-testid="publish">
      <Input value={why} maxLength={500} onChange={(event) => { setWhy(event.target.value); }} placeholder={t('rules.publish.why')} aria-label={t('rules.publish.why')} data-testid="publish-why" />
      <Button disabled={why.trim() === ''} loading={publish.isPending} onClick={send} data-testid="publish-do">{t('rules.publish')}</Button>
    </div>
  );
}

/** What was published of a rule, by whom and why, and the way back. */
export function Versions({ rule }: { rule: Rule }) {
  const { t } = useWords();
  const { can, me } = useSession();
  const publish = usePublish(rule);
  const versions = useOne<{ items: RuleVersion[] }>(pathOf(rule)).data?.items ?? [];
  const people = useAll<{ id: string; name: string }>('/api/assignees', { party: me.party ?? 'root' }, versions.length > 1);
  const nameOf = (number: number) => (number === 0 ? t('rules.versions.pack') : t('rules.versions.number', { number }));
  if (versions.length < 2) return null;
  return (
    <Section title={t('rules.versions')}>
      <ul className="stack tight" data-testid="versions" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {versions.map((one, index) => (
          <li key={one.number} className="stack tight">
            <span className="row">
              <b className="grow">{nameOf(one.number)}</b>
              {index === 0 && <span className="small quiet">{t('rules.versions.current')}</span>}
              {index > 0 && can('configure') && (
                <Popconfirm title={t('rules.versions.back.why', { version: nameOf(one.number) })} okText={t('rules.versions.back')} onConfirm={() => { publish.mutate({ path: `${pathOf(rule)}/${one.number}/restore`, body: { why: t('rules.versions.back.why', { version: nameOf(one.number) }) } }); }}>
                  <Button size="small" data-testid={`back-${one.number}`}>{t('rules.versions.back')}</Button>
                </Popconfirm>
              )}
            </span>
            {one.definition !== null && <code className="small break">{one.definition.when ?? one.definition.absent?.property} {one.definition.for}</code>}
            {one.number > 0 && <span className="small quiet">{people.data?.find((person) => person.id === one.by)?.name ?? one.by} · <At at={one.at} /> · {one.why}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
