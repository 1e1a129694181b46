/** The words of personal data and of what goes onto paper in English. */
export const enPaper = {
  unmask: {
    label: 'Personal data',
    hidden: 'Personal data is partly hidden',
    show: 'Show',
    reason: 'What for (may stay empty)',
    logged: 'Showing it is written on the form',
  },
  idNumber: {
    odd: 'This is not an ID number of 18 digits; please check it',
    checkFails: 'The check digit of this ID number does not fit; please check it',
  },
} as const;
