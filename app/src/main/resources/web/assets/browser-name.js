// A short name for what calls itself by a long one.

const browsers = [
  [/^latchkey/i, 'Command line'],
  [/^curl/i, 'curl'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

const found = (table, agent) => table.find(([pattern]) => pattern.test(agent))?.[1];

/** Such as “Firefox on Linux”; what is not known calls itself what it likes, shortened. */
export function browserName(agent) {
  if (!agent) return 'Unknown program';
  const browser = found(browsers, agent);
  const system = found(systems, agent);
  if (!browser) return agent.length > 60 ? `${agent.slice(0, 60)}…` : agent;
  return system ? `${browser} on ${system}` : browser;
}
