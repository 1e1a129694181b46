/** The words of the knowledge base in Chinese. */
export const zhKnowledge = {
  knowledge: {
    title: '知识库',
    keys: '↑↓ 选择，回车打开，Esc 关闭',
    keysReading: 'Esc 返回结果，↑↓ 翻看',
    search: '搜索知识：中文、英文、关键词，空格隔开',
    found: '搜索结果',
    newest: '最近发布',
    noMatch: '没有找到。换个说法，或少写几个字。',
    empty: '知识库里还没有条目，或尚未同步到本机。',
    more: '还有更多结果，再加一个词可以缩小范围。',
    failed: '没有搜索成功。',
    until: '{{to}} 止',
    back: '返回',
    version: '第 {{version}} 版',
    valid: '{{from}} 起',
    validOpen: '，长期有效',
    validTo: '至 {{to}}',
    gone: '这条知识刚被撤下或已过期，请不要再按它答复。',
  },
} as const;
