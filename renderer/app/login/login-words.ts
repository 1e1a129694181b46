import type { z } from 'zod';
import type { signInFailure } from '../../../contract/ipc.ts';
import type { Language } from '../../../domain/access/language.ts';

/** What can stand in the way of a log-in; `unanswered`: the request itself broke. */
export type LoginProblem = z.infer<typeof signInFailure>['code'] | 'empty' | 'unanswered';

interface LoginWords {
  readonly title: string;
  readonly subtitle: string;
  readonly languages: string;
  readonly staffNumber: string;
  readonly password: string;
  readonly submit: string;
  readonly submitting: string;
  readonly offlineNote: string;
  /** Before the name of a file. */
  readonly savedTo: string;
  readonly problem: Readonly<Record<LoginProblem, string>>;
}

/** Words of the log-in screen, apart from the rest so that it needs no i18n library to be usable. */
export const loginWords: Readonly<Record<Language, LoginWords>> = {
  zh: {
    title: '座席',
    subtitle: '1000号服务热线工作台',
    languages: '界面语言',
    staffNumber: '工号',
    password: '密码',
    submit: '登录',
    submitting: '正在登录…',
    offlineNote: '连不上服务器时，在本机登录过的工号可以用同一密码离线登录，所写内容在恢复后自动上传。',
    savedTo: '尚未发送的内容已另存到：',
    problem: {
      empty: '请输入工号和密码。',
      'wrong-password': '工号或密码不正确。',
      'too-many-tries': '尝试次数过多，请过几分钟再登录。',
      'unreachable-and-unknown-here': '连不上服务器，且该工号没有在本机登录过，因此不能离线登录。请检查网络后重试。',
      'needs-centre-once':
        '本机数据已重新建立，需要连上服务器登录一次；尚未发送的内容已保存，登录后自动取回。请检查网络后重试。',
      'keychain-changed': '本机系统的密钥串已更换，打不开保存的数据。请在连上服务器时再登录一次，数据会自动恢复。',
      'server-refused': '服务器拒绝了登录，请联系班长。',
      'version-too-old': '本机数据由更新版本的座席程序写成，本机程序版本过旧，请联系安装人员更新。数据未被改动。',
      'disk-full': '本机磁盘已满，无法登录。请腾出空间后重试；已写的内容仍在。',
      'cache-read-only': '本机数据所在的文件夹只能读、不能写，无法登录。请联系安装人员检查权限。',
      'cache-damaged': '本机数据有损坏。请再登录一次，程序会保存尚能读出的内容并自动修复。',
      unanswered: '登录没有得到答复，请重试。',
    },
  },
  en: {
    title: 'Zuoxi',
    subtitle: 'Desk of the 1000 hotline',
    languages: 'Interface language',
    staffNumber: 'Staff number',
    password: 'Password',
    submit: 'Log in',
    submitting: 'Logging in…',
    offlineNote:
      'With the server out of reach, a staff number that has logged in at this desk before can log in offline with the same password; what you write is sent once the link is back.',
    savedTo: 'Work that was not sent has been saved to: ',
    problem: {
      empty: 'Enter your staff number and password.',
      'wrong-password': 'The staff number or the password is not right.',
      'too-many-tries': 'Too many tries. Wait a few minutes, then log in again.',
      'unreachable-and-unknown-here':
        'The server is out of reach, and this staff number has never logged in at this desk, so it cannot log in offline. Check the network and try again.',
      'needs-centre-once':
        'The data on this desk had to be begun anew, so one log-in with the server is needed. Work that was not sent has been saved and comes back after it. Check the network and try again.',
      'keychain-changed':
        "This computer's keychain has changed and no longer opens the saved data. Log in once more while the server can be reached: the data come back by themselves.",
      'server-refused': 'The server refused the log-in. Ask your supervisor.',
      'version-too-old':
        "The data on this desk were written by a newer program, and this desk's program is too old. Ask your installer to update it. The data were not changed.",
      'disk-full':
        "This computer's disk is full. Free some space, then log in again; what you have written is still there.",
      'cache-read-only':
        'The folder with the data of this desk can be read but not written. Ask your installer to look at its permissions.',
      'cache-damaged':
        'The data on this desk are damaged. Log in once more: the program saves what can still be read and repairs the rest.',
      unanswered: 'The log-in got no answer. Try again.',
    },
  },
};
