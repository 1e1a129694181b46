import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { boxFolded } from '../../app/store/procedure-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { openBox } from '../../app/store/work-procedure.ts';
import { type Box, isDoneAtOnce } from './boxes.ts';

/** A button for each thing that may be done; pressed again it folds its box up. */
export const BoxButtons = ({ form, boxes }: { readonly form: string; readonly boxes: readonly Box[] }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const open = useDeskSelector((state) => state.procedure.open[form] ?? null);
  const busy = useDeskSelector((state) => state.procedure.busy.includes(form));
  if (boxes.length === 0) return null;
  return (
    <div className="box-buttons">
      {boxes.map((box) => {
        const stands = open?.name === box.name && open.about === box.about;
        return (
          <Button
            key={`${box.name} ${box.about}`}
            size="small"
            disabled={busy}
            {...(isDoneAtOnce(box) ? {} : { 'aria-expanded': stands })}
            type={stands ? 'primary' : 'default'}
            onClick={() => (stands ? dispatch(boxFolded(form)) : void dispatch(openBox(form, box)))}
            data-testid={`do-${box.name}`}
          >
            {t(`box.${box.name}`)}
          </Button>
        );
      })}
    </div>
  );
};
