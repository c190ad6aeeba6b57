import { UploadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { segment, upload } from '../../api/client';
import type { CaseDetail, CaseEvidence } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';
import { bytesText } from './fileSize';
import { useAct } from './useAct';

export const evidenceAddress = (item: { id: string }, file: CaseEvidence) => `/api/cases/${segment(item.id)}/evidence/${file.hash}`;

/** A list that was exported is text to the server, and to the file chooser a kind of its own. */
const accepted = (types: string[]) => types.flatMap((type) => (type === 'text/plain' ? [type, '.csv'] : [type])).join(',');

function Add({ item }: { item: CaseDetail }) {
  const { t, label } = useWords();
  const { run, busy } = useAct(item);
  const [kind, setKind] = useState(item.evidenceInfo[0]?.id ?? '');
  const input = useRef<HTMLInputElement>(null);
  const info = item.evidenceInfo.find((one) => one.id === kind);
  const send = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) run('evidence', () => upload(`/api/cases/${segment(item.id)}/evidence`, file, { kind, name: file.name }));
    if (input.current !== null) input.current.value = '';
  };
  return (
    <div className="row wrap">
      <Select size="small" value={kind} onChange={setKind} style={{ minWidth: 120 }} options={item.evidenceInfo.map((one) => ({ value: one.id, label: label(one.name) }))} aria-label={t('cases.evidence.kind')} data-testid="evidence-kind" />
      <input ref={input} type="file" hidden accept={accepted(info?.types ?? [])} onChange={(event) => { send(event.target.files); }} data-testid="evidence-file" />
      <Button size="small" icon={<UploadOutlined />} loading={busy !== null} onClick={() => { input.current?.click(); }} data-testid="evidence-add">{t('cases.evidence.add')}</Button>
      {info !== undefined && <span className="faint small">{t('cases.evidence.most', { size: bytesText(info.maxBytes) })}</span>}
    </div>
  );
}

/** Files that show something, each kept by the hash of its bytes. */
export function EvidenceList({ item }: { item: CaseDetail }) {
  const { t, label } = useWords();
  const { can } = useSession();
  if (item.evidenceInfo.length === 0 && item.evidence.length === 0) return null;
  return (
    <Section title={t('cases.evidence')}>
      <ul className="files" data-testid="case-evidence">
        {item.evidence.map((file) => (
          <li key={`${file.kind}${file.hash}${file.task ?? ''}`}>
            <a href={evidenceAddress(item, file)} download={file.name} title={`SHA-256 ${file.hash}`}>{file.name}</a>
            <div className="quiet small">{label(file.kindName)} · {bytesText(file.bytes)} · {file.byName} <At at={file.at} shape="minute" /></div>
          </li>
        ))}
        {item.evidence.length === 0 && <li className="quiet">{t('cases.evidence.none')}</li>}
      </ul>
      {!item.final && can('operate') && item.evidenceInfo.length > 0 && <Add item={item} />}
    </Section>
  );
}
