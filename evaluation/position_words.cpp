#include "evaluation/position_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kordon::evaluation {
namespace {

struct Entry {
  std::string_view text;
  Word word;
};

constexpr Word degrees{WordKind::degrees, Axis::lat, 0};
constexpr Word minutes{WordKind::minutes, Axis::lat, 0};
constexpr Word seconds{WordKind::seconds, Axis::lat, 0};
constexpr Word north{WordKind::hemisphere, Axis::lat, 1};
constexpr Word south{WordKind::hemisphere, Axis::lat, -1};
constexpr Word east{WordKind::hemisphere, Axis::lon, 1};
constexpr Word west{WordKind::hemisphere, Axis::lon, -1};
constexpr Word lat{WordKind::label, Axis::lat, 0};
constexpr Word lon{WordKind::label, Axis::lon, 0};
constexpr Word ambiguous{WordKind::ambiguous, Axis::lon, 0};

// `o` is east in German and west in French, Italian and Spanish. Cyrillic `с` is север, north; `в` is восток, east.
constexpr auto words = std::to_array<Entry>({
    {"d", degrees},        {"deg", degrees},     {"degs", degrees},    {"degree", degrees},
    {"degrees", degrees},  {"град", degrees},    {"градус", degrees},  {"градусов", degrees},
    {"градусів", degrees}, {"градуса", degrees}, {"градуси", degrees}, {"m", minutes},
    {"min", minutes},      {"minutes", minutes}, {"мин", minutes},     {"минут", minutes},
    {"хв", minutes},       {"хвилин", minutes},  {"sec", seconds},     {"seconds", seconds},
    {"сек", seconds},      {"секунд", seconds},  {"n", north},         {"north", north},
    {"nord", north},       {"norte", north},     {"пн", north},        {"півн", north},
    {"північ", north},     {"північної", north}, {"с", north},         {"сев", north},
    {"север", north},      {"северной", north},  {"płn", north},       {"północ", north},
    {"s", south},          {"south", south},     {"süd", south},       {"sud", south},
    {"sur", south},        {"пд", south},        {"півд", south},      {"південь", south},
    {"південної", south},  {"ю", south},         {"южной", south},     {"юг", south},
    {"płd", south},        {"południe", south},  {"e", east},          {"east", east},
    {"est", east},         {"este", east},       {"ost", east},        {"сх", east},
    {"схід", east},        {"східної", east},    {"в", east},          {"восточной", east},
    {"восток", east},      {"wsch", east},       {"wschód", east},     {"w", west},
    {"west", west},        {"ouest", west},      {"oeste", west},      {"ovest", west},
    {"зх", west},          {"захід", west},      {"західної", west},   {"з", west},
    {"западной", west},    {"запад", west},      {"zach", west},       {"zachód", west},
    {"lat", lat},          {"latitude", lat},    {"ш", lat},           {"шир", lat},
    {"широта", lat},       {"широти", lat},      {"широты", lat},      {"szer", lat},
    {"szerokość", lat},    {"breite", lat},      {"lon", lon},         {"lng", lon},
    {"long", lon},         {"longitude", lon},   {"д", lon},           {"дов", lon},
    {"довгота", lon},      {"довготи", lon},     {"долгота", lon},     {"долготы", lon},
    {"dług", lon},         {"długość", lon},     {"länge", lon},       {"o", ambiguous},
});

struct Spelling {
  std::string_view from;
  std::string_view to;
};

// What word processors, browsers and phones make of the plain signs.
constexpr auto spellings = std::to_array<Spelling>({
    {"\u2212", "-"},  {"\u2010", "-"},  {"\u2011", "-"},  {"\u2012", "-"}, {"\u2013", "-"},      {"\u2014", "-"},
    {"\u00A0", " "},  {"\u2002", " "},  {"\u2003", " "},  {"\u2007", " "}, {"\u2009", " "},      {"\u200A", " "},
    {"\u202F", " "},  {"\u3000", " "},  {"\t", " "},      {"\u2032", "'"}, {"\u2019", "'"},      {"\u2018", "'"},
    {"\u00B4", "'"},  {"\u02B9", "'"},  {"\u02BC", "'"},  {"`", "'"},      {"\u2033", "\""},     {"\u201D", "\""},
    {"\u201C", "\""}, {"\u02BA", "\""}, {"\u201E", "\""}, {"''", "\""},    {"\u00BA", "\u00B0"}, {"\u02DA", "\u00B0"},
    {"\uFEFF", ""},   {"\u200B", ""},   {"\u200E", ""},   {"\u200F", ""},  {"\u202A", ""},       {"\u202C", ""},
    {"\u202D", ""},   {"\u202E", ""},   {"\u2060", ""},   {"\u00AD", ""},
});

/// Two bytes of a Cyrillic or Polish capital become those of its small letter.
void append_lower(std::string& out, unsigned char first, unsigned char second) {
  unsigned code = (first & 0x1FU) << 6U | (second & 0x3FU);
  if (code >= 0x410 && code <= 0x42F) code += 0x20;
  if (code >= 0x400 && code <= 0x40F) code += 0x50;
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) code += 0x20;
  if (code == 0x141 || code == 0x106 || code == 0x15A) code += 1;
  out += static_cast<char>(0xC0U | code >> 6U);
  out += static_cast<char>(0x80U | (code & 0x3FU));
}

std::string respelled(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto* const found =
        std::ranges::find_if(spellings, [&](const Spelling& spelling) { return text.starts_with(spelling.from); });
    out += found == spellings.end() ? text.substr(0, 1) : found->to;
    text.remove_prefix(found == spellings.end() ? 1 : found->from.size());
  }
  return out;
}

}  // namespace

std::optional<Word> find_word(std::string_view lower) {
  const auto* const found = std::ranges::find(words, lower, &Entry::text);
  return found == words.end() ? std::nullopt : std::optional(found->word);
}

std::string plain_spelling(std::string_view text) {
  // Twice: two primes that were one sign each become the sign of seconds.
  const std::string plain = respelled(respelled(text));
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const auto byte = static_cast<unsigned char>(plain[i]);
    if (byte >= 0xC3 && byte < 0xE0 && i + 1 < plain.size()) {
      append_lower(out, byte, static_cast<unsigned char>(plain[++i]));
    } else {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : plain[i];
    }
  }
  return out;
}

}  // namespace kordon::evaluation
