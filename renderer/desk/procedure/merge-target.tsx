import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { type Candidate, findCandidates } from '../../app/store/find-candidates.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import type { BoxDraft } from './box-draft.ts';

interface MergeTargetProps {
  readonly form: Form;
  readonly into: BoxDraft['into'];
  readonly onChoose: (into: BoxDraft['into']) => void;
}

const pauseMs = 200;

/** D1: suggestions that say the same, the likest first; another is found by its number or words. */
export const MergeTarget = ({ form, into, onChoose }: MergeTargetProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly Candidate[] | null>(null);
  useEffect(() => {
    let asked = true;
    const timer = setTimeout(
      () => void dispatch(findCandidates(form, search)).then((answer) => asked && setFound(answer)),
      search === '' ? 0 : pauseMs,
    );
    return () => {
      asked = false;
      clearTimeout(timer);
    };
  }, [dispatch, form, search]);
  return (
    <>
      <Input
        type="search"
        value={search}
        aria-label={t('procedure.mergeSearch')}
        placeholder={t('procedure.mergeSearch')}
        maxLength={200}
        onChange={(event) => setSearch(event.target.value)}
        data-testid="merge-search"
      />
      <div className="candidates" role="radiogroup" aria-label={t('procedure.mergeInto')}>
        {found?.map((one) => (
          <label key={one.id} className="candidate" data-testid="candidate" data-form={one.id}>
            <input
              type="radio"
              name={`into-${form.id}`}
              checked={into?.form === one.id}
              onChange={() => onChoose({ form: one.id, number: one.number })}
            />
            <span>
              <span className="digits">{one.number}</span>
              {one.score !== null && (
                <span className="quiet digits">
                  {' '}
                  {t('procedure.likeness', { percent: Math.round(one.score * 100) })}
                </span>
              )}
              <span className="candidate-text">{one.excerpt}</span>
            </span>
          </label>
        ))}
        {found?.length === 0 && <p className="quiet">{t('procedure.mergeNone')}</p>}
      </div>
    </>
  );
};
