import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { post, remove, segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Command } from '../../ui/copy';
import { Panel } from '../../ui/page';
import { useProblemWords } from '../../ui/problemWords';
import { Facts, Section } from '../../ui/side';
import { connectCommands, type LineMapping } from './connect';
import type { TypedThing } from '../directory/thing';

interface Credentials { user: string; secret: string }

export function CredentialPanel({ thing }: { thing: TypedThing }) {
  const { t } = useWords();
  const { can, system } = useSession();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  const [made, setMade] = useState<Credentials | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/api/things/${segment(thing.id)}/credentials`;
  const failed = (error: unknown) => { const words = problemWords(error); void message.error(words.line); };
  const create = () => {
    setBusy(true);
    post<Credentials>(path).then(setMade).catch(failed).finally(() => { setBusy(false); });
  };
  const revoke = () => { remove(path).then(() => { setMade(null); void message.success(t('credentials.revoked')); }).catch(failed); };
  const pack = useOne<{ channels?: LineMapping[] }>(`/api/packs/${segment(thing.typeInfo.pack)}`, {}, { enabled: thing.typeInfo.pack !== '', stale: 300_000 });
  const place = { hostname: window.location.hostname, origin: window.location.origin, mqttPort: system.mqtt?.split(':').at(-1) ?? '1883' };
  const commands = connectCommands(thing, made?.secret ?? t('connect.placeholder'), place, pack.data?.channels ?? []);
  return (
    <Panel title={t('credentials.title')} testId="credentials">
      <div className="stack">
        <p className="quiet">{t('credentials.help')}</p>
        {can('configure') && (
          <div className="row">
            <Button type="primary" loading={busy} onClick={create} data-testid="credentials-create">{t('credentials.create')}</Button>
            <Popconfirm title={t('credentials.revoke.ask')} onConfirm={revoke} okText={t('credentials.revoke')} cancelText={t('cancel')}><Button danger>{t('credentials.revoke')}</Button></Popconfirm>
          </div>
        )}
        {made !== null && (
          <div className="stack tight" data-testid="credentials-made">
            <strong>{t('credentials.once')}</strong>
            <Facts rows={[[t('credentials.user'), <Command key="user" text={made.user} testId="credentials-user" />], [t('credentials.secret'), <Command key="secret" text={made.secret} testId="credentials-secret" />]]} />
          </div>
        )}
        <Section title={t('connect.title')}>
          <p className="quiet">{t('connect.help')}</p>
          <Command text={commands.mqtt} testId="connect-mqtt" />
          {commands.http !== null && <Command text={commands.http} testId="connect-http" />}
        </Section>
      </div>
    </Panel>
  );
}
