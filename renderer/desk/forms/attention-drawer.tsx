import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { showForm } from '../../app/store/edit-form.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { AttentionCardBox } from './attention-card.tsx';

/** Every refused operation at this desk, whichever form it was for. */
export const AttentionDrawer = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const cards = useDeskSelector((state) => state.attention.cards);
  return (
    <Drawer open={open} onClose={onClose} title={t('attention.title')} size={760} destroyOnHidden>
      {cards.length === 0 && <p className="quiet">{t('attention.none')}</p>}
      {cards.map((card) => (
        <div key={card.id} className="attention-entry">
          <AttentionCardBox card={card} />
          <Button
            type="link"
            size="small"
            onClick={() => {
              onClose();
              void dispatch(showForm(card.form));
            }}
          >
            {t('attention.openForm')}
          </Button>
        </div>
      ))}
    </Drawer>
  );
};
