import { DeleteOutlined, EditOutlined, EyeInvisibleOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { IdentifierDetail, IdentifierValue, Prefix, TemplateField } from '../../../api/identifiers';
import { request, segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { duration } from '../../../format/durations';
import { Command, CopyButton } from '../../../ui/copy';
import { ProblemView } from '../../../ui/problem';
import { Facts, Section, Side } from '../../../ui/side';
import { Ago, At } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import { useChange } from '../../access/useChange';
import { usePartyName } from '../../directory/names';
import { InLedger } from '../../ledger/InLedger';
import { BlockHandle } from '../blocks/BlockHandle';
import { Codes } from '../codes/Codes';
import { useTemplates } from '../templates/useTemplates';
import { useAudienceText, useTypeWord } from './audience';
import { EditIdentifier } from './EditIdentifier';
import { Erase } from './Erase';
import { curlOf, handlePath, prefixOf } from './handle';
import { ValueText } from './ValueText';
import { Versions } from './Versions';

function Value({ value, field, onErase }: { value: IdentifierValue; field: TemplateField | undefined; onErase: (() => void) | null }) {
  const { t, label, language } = useWords();
  const audience = useAudienceText();
  const common = useTypeWord()(value.type);
  const word = field === undefined ? common : label(field.name);
  return (
    <li data-testid="identifier-value" data-type={value.type}>
      <div className="row"><b className="mono break">{value.type}</b>{word !== null && <span className="quiet small">{word}</span>}<span className="grow" /><span className="faint small nowrap">{t('value.index')} {value.index}</span>{onErase !== null && <Button size="small" type="text" icon={<EyeInvisibleOutlined />} title={t('erase.value', { index: value.index })} aria-label={t('erase.value', { index: value.index })} onClick={onErase} data-testid="value-erase" />}</div>
      <div><ValueText type={value.type} data={value.data} />{field?.unit && <span className="quiet"> {field.unit}</span>}</div>
      <div className="faint small">{t('value.read')} <span className="quiet">{audience(value.read)}</span> · {t('value.ttl')} <span className="quiet">{duration(value.ttl, language)}</span> · {t('value.when')} <span className="quiet"><Ago at={value.timestamp} /></span></div>
    </li>
  );
}

/** How the identifier is asked for: by people, by programs, from a shell. */
function Addresses({ handle }: { handle: string }) {
  const { t } = useWords();
  const path = handlePath(handle);
  const { origin } = window.location;
  const [page, api] = [`${origin}/id/${path}`, `${origin}/api/handles/${path}`];
  return (
    <Section title={t('identifier.address')}>
      <Facts rows={[
        [t('identifier.address.page'), <span key="page"><a className="mono break" href={`/id/${path}`} target="_blank" rel="noreferrer" data-testid="identifier-page">{page}</a><CopyButton text={page} /></span>],
        [t('identifier.address.api'), <span key="api"><span className="mono break">{api}</span><CopyButton text={api} /></span>],
      ]} />
      <span className="quiet small">{t('identifier.address.curl')}</span>
      <Command text={curlOf(api)} testId="identifier-curl" />
    </Section>
  );
}

function Actions({ identifier, onGone }: { identifier: IdentifierDetail; onGone: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/identifiers');
  const [editing, edit] = useState(false);
  const { handle, version } = identifier;
  const erase = async () => {
    if (await change(() => request('DELETE', `/api/identifiers/${handlePath(handle)}`, { headers: { 'If-Match': `"${version}"` } }).then(() => true), t('identifier.deleted')) !== null) onGone();
  };
  return (
    <>
      <Button type="primary" icon={<EditOutlined />} onClick={() => { edit(true); }} data-testid="identifier-edit">{t('identifier.edit')}</Button>
      <Popconfirm title={t('identifier.delete.ask', { handle })} description={t('identifier.delete.help')} okText={t('delete')} okButtonProps={{ danger: true, 'data-testid': 'identifier-delete-sure' }} cancelText={t('cancel')} onConfirm={() => void erase()}><Button danger loading={busy} icon={<DeleteOutlined />} data-testid="identifier-delete">{t('delete')}</Button></Popconfirm>
      {editing && <EditIdentifier identifier={identifier} onClose={() => { edit(false); }} />}
    </>
  );
}

/** An identifier as its owner sees it: what it says to whom, how it is asked for, what it was. */
export function IdentifierDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label } = useWords();
  const party = usePartyName();
  const templates = useTemplates();
  const detail = useOne<IdentifierDetail>(`/api/identifiers/${handlePath(id)}`);
  const prefix = useOne<Prefix>(`/api/prefixes/${segment(prefixOf(id))}`);
  const [erasing, erase] = useState<number | null>(null);
  const mayErase = prefix.data?.mayConfigure === true;
  const one = detail.data;
  const template = templates.data?.find((each) => each.id === one?.template);
  return (
    <Side onClose={onClose} title={<span className="mono" title={id}>{id}</span>} testId="identifier-drawer">
      {detail.error !== null && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {one !== undefined && detail.error === null && (
        <>
          <Facts rows={[
            [t('prefix.holder'), party(one.party)], [t('identifier.template'), one.template === null ? t('identifier.template.none') : label(template?.name) || one.template],
            [t('identifier.version'), <span key="version">{one.version} · {one.byName} · <At at={one.at} shape="minute" /></span>],
          ]} />
          <div className="row wrap">
            {prefix.data?.mayConfigure === true && prefix.data.state === 'active' && <Actions key={one.version} identifier={one} onGone={onClose} />}
            {prefix.data?.mayReview === true && <BlockHandle key={one.handle} handle={one.handle} />}
          </div>
          <Section title={t('identifier.values')}>{one.values.length === 0 ? <p className="faint small">{t('identifier.values.none')}</p> : <ul className="value-list">{one.values.map((value) => <Value key={value.index} value={value} field={template?.fields.find((field) => field.type === value.type)} onErase={mayErase ? () => { erase(value.index); } : null} />)}</ul>}</Section>
          <Codes handle={one.handle} />
          <Addresses handle={one.handle} />
          <InLedger path={`/api/ledger/proofs/identifiers/${handlePath(one.handle)}`} of={one.version} since={one.at} />
          <Versions handle={one.handle} version={one.version} mayErase={mayErase} />
          {erasing !== null && <Erase handle={one.handle} index={erasing} onClose={() => { erase(null); }} />}
        </>
      )}
    </Side>
  );
}
