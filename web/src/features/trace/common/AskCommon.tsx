import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import { objectName } from '../names';
import { bothOf, mayAsk, mostTogether, parseObjects, type Asked } from './common';

function Objects({ side, text, onType, lines }: { side: keyof Asked; text: string; onType: (text: string) => void; lines: number }) {
  const { t } = useWords();
  return (
    <label className="stack tight grow">
      <span className="quiet small">{t(`common.${side}`)}</span>
      <Input.TextArea value={text} onChange={(event) => { onType(event.target.value); }} placeholder={t('common.place')} autoSize={{ minRows: lines, maxRows: lines }} className="mono" spellCheck={false} data-testid={`common-${side}`} />
    </label>
  );
}

/** The objects that failed, and good ones to compare; what cannot be asked is said before it is sent. */
export function AskCommon({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) {
  const { t } = useWords();
  const [failed, typeFailed] = useState(asked.failed.join('\n'));
  const [good, typeGood] = useState(asked.good.join('\n'));
  const typed: Asked = { failed: parseObjects(failed), good: parseObjects(good) };
  const both = bothOf(typed);
  const count = typed.failed.length + typed.good.length;
  const lines = asked.failed.length === 0 ? 6 : 3;
  const limit = t('common.limit', { most: mostTogether, count });
  return (
    <form className="stack tight" onSubmit={(event) => { event.preventDefault(); if (mayAsk(typed)) onAsk(typed); }} data-testid="common-form">
      <div className="common-sides">
        <Objects side="failed" text={failed} onType={typeFailed} lines={lines} />
        <Objects side="good" text={good} onType={typeGood} lines={lines} />
      </div>
      <div className="row wrap">
        <Button type="primary" htmlType="submit" disabled={!mayAsk(typed)} data-testid="common-find">{t('common.find')}</Button>
        {count > mostTogether ? <span className="mark" role="alert" data-testid="common-limit"><i className="mark tone-orange">{bandIcon.orange}</i><span>{limit}</span></span> : <span className="faint small" data-testid="common-limit">{limit}</span>}
        {both.length > 0 && <span className="mark" role="alert" data-testid="common-both"><i className="mark tone-orange">{bandIcon.orange}</i><span>{t('common.both', { names: both.map(objectName).join(t('list.and')) })}</span></span>}
      </div>
    </form>
  );
}
