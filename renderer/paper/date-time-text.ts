/** `2026-11-24 09:30`, read alike in both languages and in any year the paper is found. */
export const dateTimeText = (at: number): string => {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
};
