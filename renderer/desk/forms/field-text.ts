import type { TFunction } from 'i18next';
import { type ComplaintField, channels, complaintTypes } from '../../../domain/forms/complaint.ts';

/** A field's value as people read it: choices in words, emptiness said. */
export const fieldText = (t: TFunction, field: ComplaintField, value: string | null): string => {
  if (value === null || value === '') return t('clash.empty');
  if (field === 'complaintType') {
    const type = complaintTypes.find((one) => one === value);
    return type ? t(`complaintType.${type}`) : value;
  }
  if (field === 'channel') {
    const channel = channels.find((one) => one === value);
    return channel ? t(`channel.${channel}`) : value;
  }
  return field === 'happenedAt' ? value.replace('T', ' ') : value;
};
