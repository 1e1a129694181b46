interface DemoArticle {
  readonly zh: { readonly title: string; readonly body: string };
  readonly en: { readonly title: string; readonly body: string } | null;
  readonly keywords: readonly string[];
  /** How many days it holds from its publishing on; null: until it is retired. */
  readonly days: number | null;
}

const lines = (...all: string[]): string => all.join('\n');

/** What a newcomer finds in the knowledge base; the figures are made up. */
export const demoArticles: readonly DemoArticle[] = [
  {
    zh: {
      title: '宽带断网：先看光猫的指示灯',
      body: lines(
        '一、请用户看光猫上的 LOS（光信号）灯。',
        '　红灯亮或闪：光路中断。请用户检查尾纤是否折断、插头是否松动；仍亮红灯则报障 112，预约上门。',
        '　不亮：光路正常，看 PON 灯。PON 灯闪烁：请断电一分钟后重启光猫。',
        '二、PON 灯常亮仍不能上网：请用户用网线直连光猫试一次，排除路由器。',
        '三、同一小区多户同时断网：先查本班公告，属于大面积故障的告知预计恢复时间，不再逐户报障。',
        '时限：城区 24 小时内修复，农村 48 小时内修复。',
      ),
    },
    en: {
      title: 'Broadband is down: look at the lamps of the modem first',
      body: lines(
        '1. Ask for the LOS lamp (optical signal).',
        '   Red, steady or blinking: the fibre is interrupted. Is the thin fibre kinked, the plug loose? If it stays red, book a visit through 112.',
        '   Off: the fibre is fine; look at PON. Blinking: switch the modem off for one minute.',
        '2. PON steady and still no internet: connect a computer to the modem by cable to rule the router out.',
        '3. Several homes of one estate at once: see the notice of the shift; tell the expected time and book no single visits.',
        'Repaired within 24 hours in town, within 48 hours in the country.',
      ),
    },
    keywords: ['上不了网', '没网', '红灯', 'LOS', 'PON', '光猫', 'internet down', 'modem'],
    days: null,
  },
  {
    zh: {
      title: '宽带网速慢：测速与报障口径',
      body: lines(
        '一、请用户用网线直连光猫，在测速页面连测三次，取平均值。无线测速不作为依据。',
        '二、平均值达到签约速率的 90%：解释无线信号衰减，建议 5G 频段或更换路由器。',
        '三、平均值不到签约速率的 90%：记录测速时间与三次结果，报障 112，要求上门测试。',
        '四、晚间 20:00–22:00 才慢：记录为“高峰时段慢”，随单写明小区名称。',
      ),
    },
    en: {
      title: 'Broadband is slow: how to measure and when to report',
      body: lines(
        '1. Connect a computer to the modem by cable and measure three times; the average counts. Wi-Fi does not.',
        '2. At 90 % of the contract or more: explain the loss on Wi-Fi; advise the 5 GHz band or another router.',
        '3. Below 90 %: write down the time and the three results and report through 112 for a visit.',
        '4. Slow only from 20:00 to 22:00: report as slow at peak time, with the name of the estate.',
      ),
    },
    keywords: ['卡', '测速', '路由器', 'WiFi', 'speed', 'slow'],
    days: null,
  },
  {
    zh: {
      title: '携号转网：资格查询与办理步骤',
      body: lines(
        '资格：① 实名登记且证件一致；② 入网满 120 天；③ 无欠费；④ 无未到期的在网协议；⑤ 号码不是物联网、卫星号码。',
        '查询：请用户本机发送短信 CXXZ#姓名#证件号码 到 10000。',
        '办理：申请授权码（短信 SQXZ#姓名#证件号码），有效期 60 分钟；持授权码和证件到携入方营业厅办理。',
        '协议未到期：告知协议名称、到期日和解约费用，不得以任何理由拖延提供授权码。',
        '宽带捆绑：转出后宽带按标准资费收取，须事先告知。',
      ),
    },
    en: {
      title: 'Number portability: who may and how',
      body: lines(
        'Conditions: registered with a matching ID; 120 days in the network; no debt; no contract still running; no IoT or satellite number.',
        'To check: text CXXZ#name#ID number to 10000 from the number itself.',
        'To do it: text SQXZ#name#ID number for a code that holds for 60 minutes; take it with the ID to a shop of the new operator.',
        'A contract still running: tell its name, its end and the fee; never delay the code.',
        'Broadband in a bundle goes on at the standard price: say so before.',
      ),
    },
    keywords: ['转网', '携号', '授权码', 'porting', 'MNP'],
    days: null,
  },
  {
    zh: {
      title: '话费争议：核查步骤与退费标准',
      body: lines(
        '一、核对账期、争议金额、争议项目（套餐外流量、增值业务、国际漫游、语音）。',
        '二、套餐外流量：查 80%、100% 提醒短信是否下发。未下发的，全额退还套外费用。',
        '三、增值业务：查订购记录。无二次确认的，双倍退还，并退订。',
        '四、50 元以内且用户首次反映：初级话务员可当场承诺退费，1 个工作日到账。',
        '五、超过 50 元：派单计费部门，时限 2 个工作日。',
      ),
    },
    en: {
      title: 'A bill is disputed: how to check and what is refunded',
      body: lines(
        '1. Which month, how much, which item: data beyond the plan, value-added services, roaming, calls.',
        '2. Data beyond the plan: were the texts at 80 % and 100 % sent? If not, all of it is refunded.',
        '3. Value-added services: look at the order. Without a second confirmation, twice the price is refunded and the service ended.',
        '4. Up to 50 yuan and the first time: a junior agent may promise the refund, in one working day.',
        '5. Above 50 yuan: order to the billing department, 2 working days.',
      ),
    },
    keywords: ['乱扣费', '多收', '退费', '账单', 'refund', 'bill'],
    days: null,
  },
  {
    zh: {
      title: '不知情订购增值业务：退订与退费',
      body: lines(
        '一、查询在用业务及订购渠道、时间、二次确认记录。',
        '二、用户要求退订的，当场退订，并发送短信 0000 到 10001 的自助方法供今后使用。',
        '三、无法提供二次确认记录的，按“先退费、后核查”处理，双倍返还，最长追溯 6 个月。',
        '四、告知用户：业务订购限制可在营业厅或网上营业厅打开。',
      ),
    },
    en: {
      title: 'A value-added service ordered unknowingly',
      body: lines(
        '1. Look up the services in use: how and when ordered, and whether confirmed.',
        '2. End it at once if asked; tell that the text 0000 to 10001 does the same.',
        '3. No record of a second confirmation: refund first, check later; twice the price, up to 6 months back.',
        '4. Ordering can be locked in a shop or online.',
      ),
    },
    keywords: ['SP', '彩铃', '扣费', '退订', '增值业务', 'unsubscribe'],
    days: null,
  },
  {
    zh: {
      title: '国际漫游：开通、资费与停机保护',
      body: lines(
        '开通：信用分 300 以上可当场开通；不足的预存 200 元。立即生效。',
        '流量包：亚洲 25 元/天，欧美 30 元/天，按北京时间 0 点起算，当日不限次，达 1 GB 后限速。',
        '保护：漫游流量费达 500 元自动关闭数据，短信提醒；用户回复 Y 后恢复。',
        '投诉未订包产生高额费用：查是否收到落地提醒短信；未收到的按流量包日租重新计算。',
      ),
    },
    en: {
      title: 'Roaming abroad: switching on, prices, protection',
      body: lines(
        'To switch on: at once with a credit of 300 or more, else with a deposit of 200 yuan.',
        'Day passes: Asia 25 yuan, Europe and America 30 yuan, from midnight Beijing time; slower after 1 GB.',
        'Protection: at 500 yuan of data the data stop; Y in answer to the text switches them on again.',
        'High cost without a pass: was the text on arrival sent? If not, calculate again by day passes.',
      ),
    },
    keywords: ['出国', '漫游', '流量包', 'roaming', 'abroad'],
    days: null,
  },
  {
    zh: {
      title: '停机保号与复机',
      body: lines(
        '停机保号：每月 5 元，最长 12 个月，次日生效；宽带、固话副卡须一并停用。',
        '复机：用户本人证件办理，30 分钟内恢复；欠费停机缴清后自动复机，超过 2 小时未复机的报障。',
        '欠费停机满 90 天号码收回；收回前 15 天短信通知。',
      ),
    },
    en: {
      title: 'Keeping a number on hold, and taking it up again',
      body: lines(
        'On hold: 5 yuan a month, 12 months at most, from the next day; broadband and sub-cards stop too.',
        'Taking up: with the ID, within 30 minutes. Stopped for debt: by itself once paid; report after 2 hours.',
        'After 90 days of debt the number is taken back; a text tells of it 15 days before.',
      ),
    },
    keywords: ['停机', '复机', '保号', '欠费', 'suspend'],
    days: null,
  },
  {
    zh: {
      title: '宽带移机：资源核查与收费',
      body: lines(
        '一、先查新址资源。无资源的不予受理移机，可免违约金拆机。',
        '二、同城移机 100 元一次，合约期内每年免一次。',
        '三、上门时限：受理后 3 个工作日内；用户改约须在前一日 18:00 前。',
        '四、超时未上门：减免移机费，并按日减免月租。',
      ),
    },
    en: {
      title: 'Broadband moves house: check and price',
      body: lines(
        '1. Is there a line at the new address? If not, no move; the contract may end without a fee.',
        '2. 100 yuan within the city; once a year free within a contract.',
        '3. A visit within 3 working days; to be changed until 18:00 of the day before.',
        '4. Too late: no fee for the move, and no rent for each day.',
      ),
    },
    keywords: ['搬家', '移机', '新址', 'relocation'],
    days: null,
  },
  {
    zh: {
      title: '服务态度投诉：受理口径',
      body: lines(
        '一、先致歉，不辩解、不评价被投诉人员。',
        '二、记录：时间、地点或通话时刻、工号、原话、用户诉求。',
        '三、不得当场承诺处罚结果。告知：2 个工作日内由专人回复。',
        '四、用户要求更高一级接听的，转高级话务员，连同单据一并转出。',
      ),
    },
    en: {
      title: 'A complaint about the manner of staff',
      body: lines(
        '1. Apologise first; neither defend nor judge the colleague.',
        '2. Write down when, where or which call, the staff number, the words said, what the user asks for.',
        '3. Never promise a punishment. A person in charge answers within 2 working days.',
        '4. Who asks for somebody higher is transferred to a senior agent together with the form.',
      ),
    },
    keywords: ['态度', '营业员', '装维', '道歉', 'rude', 'conduct'],
    days: null,
  },
  {
    zh: {
      title: '骚扰电话与垃圾短信：举报与防护',
      body: lines(
        '一、请用户提供来电号码、时间；短信转发到 12321。',
        '二、属本网号码：记录后派单网络安全部门，核实后停用。',
        '三、防护：可免费开通“骚扰电话拦截”，短信 KTFSR 到 10000。',
        '四、涉嫌诈骗的，提醒用户立即拨打 96110 或 110，不要转账。',
      ),
    },
    en: {
      title: 'Nuisance calls and spam: reporting and protection',
      body: lines(
        '1. Ask for the number and the time; texts are forwarded to 12321.',
        '2. A number of our network: order to network security, which stops it.',
        '3. Protection is free: text KTFSR to 10000.',
        '4. If it looks like fraud: call 96110 or 110 at once, transfer no money.',
      ),
    },
    keywords: ['诈骗', '拦截', '骚扰', '12321', 'spam', 'fraud'],
    days: null,
  },
  {
    zh: {
      title: '电子发票：开具与补开',
      body: lines(
        '月结发票次月 5 日后可开，通过网上营业厅或短信 FP 到 10000 取得下载链接。',
        '抬头错误：当年内可冲红重开，须提供正确税号。',
        '已开预存发票的，不再就同一金额开月结发票。',
      ),
    },
    en: null,
    keywords: ['发票', '报销', '抬头', 'invoice'],
    days: null,
  },
  {
    zh: {
      title: '岁末活动：老用户升级千兆宽带',
      body: lines(
        '对象：在网满 3 年、宽带 300M 及以上的用户。',
        '内容：免费升级 1000M，体验期 6 个月，到期前短信确认，不确认自动恢复原速率。',
        '光猫：须为千兆光猫，旧光猫免费更换。',
        '口径：活动期内可办理；不得承诺体验期后的价格。',
      ),
    },
    en: {
      title: 'Year-end offer: gigabit for long-standing customers',
      body: lines(
        'For whom: 3 years with us and 300M or more.',
        'What: 1000M for 6 months free; a text asks before the end, and without an answer the old speed comes back.',
        'Modem: a gigabit one, exchanged free of charge.',
        'Say: only while the offer lasts; promise no price for after.',
      ),
    },
    keywords: ['千兆', '提速', '升级', 'gigabit', 'upgrade'],
    days: 90,
  },
];
