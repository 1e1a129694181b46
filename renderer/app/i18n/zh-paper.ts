/** The words of personal data and of what goes onto paper in Chinese. */
export const zhPaper = {
  unmask: {
    label: '个人信息',
    hidden: '个人信息已隐去部分内容',
    show: '显示',
    reason: '查看事由（可不填）',
    logged: '查看会记入单据',
  },
  idNumber: {
    odd: '证件号不像 18 位身份证号，请再核对',
    checkFails: '身份证号校验码不符，请再核对',
  },
} as const;
