import { App, Button, Form, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { post, segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { CommandInfo, CommandSent } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { known } from '../../i18n/translate';
import type { TypedThing } from '../directory/thing';
import { Panel } from '../../ui/page';
import { useProblemWords } from '../../ui/problemWords';
import { Ago } from '../../ui/time';
import { Empty } from '../../ui/waiting';
import { Parameter } from './Parameter';

const pathOf = (thing: TypedThing) => `/api/things/${segment(thing.id)}/commands`;

/** Asks the server for a step of a command, and reads the list anew. */
function useStep(thing: TypedThing) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  return (path: string, body: unknown, said: string) => {
    post<{ status: string }>(path, body)
      .then(() => { void message.success(said); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => void client.invalidateQueries({ queryKey: ['rows', pathOf(thing)] }));
  };
}

function Sender({ thing, commands }: { thing: TypedThing; commands: CommandInfo[] }) {
  const { t, label } = useWords();
  const step = useStep(thing);
  const [chosen, choose] = useState(commands[0]?.id ?? '');
  const [form] = Form.useForm<Record<string, unknown>>();
  const command = commands.find((one) => one.id === chosen);
  const dangerous = command?.confirm === 'again' || command?.confirm === 'other';
  const submit = (parameters: Record<string, unknown>) => { step(pathOf(thing), { command: chosen, parameters }, t(dangerous ? 'commands.asked' : 'commands.sent')); };
  return (
    <Form form={form} layout="vertical" onFinish={submit} data-testid="command-form">
      <Form.Item label={t('commands.command')}><Select value={chosen} onChange={choose} options={commands.map((one) => ({ value: one.id, label: label(one.name) || one.id }))} /></Form.Item>
      {(command?.parameters ?? []).map((info) => <Form.Item key={info.id} name={info.id} label={label(info.name) || info.id} valuePropName={info.type === 'boolean' ? 'checked' : 'value'}><Parameter info={info} /></Form.Item>)}
      {dangerous && <p className="quiet">{t(`commands.confirm.${command.confirm === 'other' ? 'other' : 'again'}`)}</p>}
      <Button type="primary" htmlType="submit" data-testid="command-send">{t('commands.send')}</Button>
    </Form>
  );
}

function Steps({ thing, one }: { thing: TypedThing; one: CommandSent }) {
  const { t } = useWords();
  const step = useStep(thing);
  const path = `${pathOf(thing)}/${segment(one.id)}`;
  if (one.status !== 'unconfirmed' && one.status !== 'waiting') return null;
  return (
    <span className="row">
      {one.status === 'unconfirmed' && <Popconfirm title={t('commands.confirm.ask')} okText={t('commands.confirm')} cancelText={t('cancel')} onConfirm={() => { step(`${path}/confirm`, {}, t('commands.sent')); }}><Button size="small" type="primary" data-testid="command-confirm">{t('commands.confirm')}</Button></Popconfirm>}
      <Button size="small" onClick={() => { step(`${path}/cancel`, {}, t('commands.status.canceled')); }} data-testid="command-cancel">{t('commands.cancel')}</Button>
    </span>
  );
}

export function CommandPanel({ thing }: { thing: TypedThing }) {
  const { t } = useWords();
  const { can } = useSession();
  const { label } = useWords();
  const commands = thing.typeInfo.commands ?? [];
  const name = (id: string) => label(commands.find((one) => one.id === id)?.name) || id;
  const sent = useRows<CommandSent>(pathOf(thing), {}, { refetch: 3000 });
  const status = (one: CommandSent) => { const key = `commands.status.${one.status}`; return (known(key) ? t(key) : one.status) + ((one.attempts ?? 0) > 1 ? ` ×${one.attempts}` : ''); };
  return (
    <Panel title={t('commands.title')} testId="commands">
      <div className="stack">
        {commands.length === 0 ? <p className="quiet">{t('commands.none')}</p> : can('operate') && <Sender thing={thing} commands={commands} />}
        {sent.items.length === 0 && commands.length > 0 && <Empty title={t('commands.empty')} help={t('commands.empty.help')} />}
        {sent.items.length > 0 && (
          <table className="plain-table">
            <thead><tr><th>{t('commands.command')}</th><th>{t('state')}</th><th>{t('commands.reply')}</th><th>{t('commands.by')}</th><th className="num">{t('time')}</th></tr></thead>
            <tbody>{sent.items.map((one) => <tr key={one.id}><td>{name(one.command)}</td><td>{status(one)} {can('operate') && <Steps thing={thing} one={one} />}</td><td className="mono break">{one.reply === null ? '–' : JSON.stringify(one.reply)}</td><td>{one.by}{one.confirmedBy && one.confirmedBy !== one.by && <span className="quiet"> · {one.confirmedBy}</span>}</td><td className="num"><Ago at={one.at} /></td></tr>)}</tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}
