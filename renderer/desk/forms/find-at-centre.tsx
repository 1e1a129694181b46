import { CloudDownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFormList } from '../../app/store/form-list-slice.ts';
import { type DeskThunk, useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';

type Asked = { readonly state: 'not-asked' | 'asking' | 'failed' } | { readonly state: 'told'; readonly found: number };

/** A form number or a contact number: what the centre looks for exactly. */
const isNumber = (search: string): boolean => search.replaceAll(/\D/g, '').length >= 6;

/** Below what this desk finds: what it does not keep any more may lie at the centre. */
export const FindAtCentre = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const search = useDeskSelector((state) => state.formList.search.trim());
  const isOffline = useDeskSelector((state) => state.desk.sync.link === 'offline');
  const [asked, setAsked] = useState<Asked>({ state: 'not-asked' });
  // Another number is another question.
  useEffect(() => {
    if (search !== undefined) setAsked({ state: 'not-asked' });
  }, [search]);
  if (!isNumber(search)) return null;
  const ask = async (): Promise<void> => {
    setAsked({ state: 'asking' });
    const answered = await dispatch(findAtCentre(search));
    setAsked(answered === undefined ? { state: 'failed' } : { state: 'told', found: answered });
  };
  return (
    <div className="find-at-centre">
      <Button
        icon={<CloudDownloadOutlined />}
        loading={asked.state === 'asking'}
        disabled={isOffline}
        onClick={() => void ask()}
        data-testid="find-at-centre"
      >
        {t('find.ask')}
      </Button>
      <p className="quiet" role="status">
        {isOffline && t('find.offline')}
        {!isOffline && asked.state === 'failed' && t('find.failed')}
        {!isOffline &&
          asked.state === 'told' &&
          t(asked.found > 0 ? 'find.found' : 'find.none', { count: asked.found })}
      </p>
    </div>
  );
};

/** How many the centre has, which are in the list now; undefined: it could not be asked. */
const findAtCentre =
  (number: string): DeskThunk<Promise<number | undefined>> =>
  async (dispatch, _getState, { bridge }) => {
    const answered = await bridge.request('form.find-at-centre', { number }).catch(() => undefined);
    if (!answered?.ok) return undefined;
    await dispatch(readFormList());
    return answered.value.found;
  };
