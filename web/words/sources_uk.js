// What the shipped policy says, in Ukrainian. Found by the English text: words of another policy stay its own.

/** @type {Record<string, string>} */
export const texts = {
  'U.S. guidance on U.S.-supplied weapons and Russian territory, May 2024': 'Настанова США щодо наданої ними зброї та території Росії, травень 2024',
  'This reads a public statement against public boundary data; it is not an authorisation and knows nothing of weapons.':
    'Тут публічну заяву зіставлено з публічними даними про кордони; це не дозвіл, і про зброю тут нічого не відомо.',
  'News report on the guidance that took effect on Thursday 30 May 2024': 'Повідомлення преси про настанову, що набула чинності в четвер 30 травня 2024 року',
  'not recorded': 'не записано',
  'U.S.-supplied weapons may be used for counter-fire against positions across the border that Russia uses to attack the Kharkiv region or prepares to. No depth is stated. Long-range strikes (ATACMS) inside Russia stay prohibited. Action against Russian aircraft that pose an imminent threat is not restricted, Russian airspace included. Before, officials did not encourage any use inside Russia.':
    'Зброю, надану США, можна застосовувати для контрвогню по позиціях за кордоном, з яких Росія атакує Харківщину або готується атакувати. Глибини не названо. Удари великої дальності (ATACMS) у Росії лишаються забороненими. Дії проти російських літаків, що становлять безпосередню загрозу, не обмежено, зокрема й у повітряному просторі Росії. До того посадовці не заохочували жодного застосування в Росії.',
  'Counter-fire with U.S.-supplied weapons against positions across the border': 'Контрвогонь американською зброєю по позиціях за кордоном',
  'Long-range strikes (ATACMS)': 'Удари великої дальності (ATACMS)',
  'Action against Russian aircraft that pose an imminent threat': 'Дії проти російських літаків, що становлять безпосередню загрозу',
  'How far beyond the border of the Kharkiv region counter-fire reaches': 'Як далеко за кордон Харківської області сягає контрвогонь',
  'the source states no distance': 'джерело не називає відстані',
  'Permitted against positions that Russia uses to attack the Kharkiv region or prepares to': 'Дозволено по позиціях, з яких Росія атакує Харківщину або готується атакувати',
  'Long-range strikes inside Russia stay prohibited': 'Удари великої дальності в Росії лишаються забороненими',
  'Not restricted, Russian airspace included': 'Не обмежено, зокрема й у повітряному просторі Росії',
  'positions across the border are those inside RU within depth_km of the border section RU|UA-63; what a position is used for is not checked':
    'позиції за кордоном — це ті, що всередині RU не далі ніж за depth_km від ділянки кордону RU|UA-63; для чого позицію використовують, не перевірено',
  'the day the guidance took effect is read as beginning at 00:00 UTC': 'день, коли настанова набула чинності, відлічено від 00:00 UTC',
  'the source states no day from which this holds; it is read as in force with the guidance': 'джерело не називає дня, від якого це діє; взято, що разом із настановою',
};

/** With what stands in them: `$1` as it is, `%1` as a text that must be known, too. @type {[RegExp, string][]} */
export const patterns = [
  [/^(\S+) = (\S+) (\S+) is assumed: (.*)$/, 'припущено, що $1 = $2 $3: %4'],
  [/^rule (\S+) assumes: (.*)$/, 'правило $1 припускає: %2'],
  [/^policy (\S+) is known through (\S+): later guidance is not in it$/, 'політика $1 відома до $2: пізніших настанов у ній немає'],
];
