#include "evaluation/position_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace kordon::evaluation {
namespace {

constexpr std::string_view degree_sign = "\u00B0";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// How many bytes of an exponent stand at the start: `e1`, `e+01`.
std::size_t exponent_bytes(std::string_view text) {
  if (!text.starts_with('e')) return 0;
  const std::size_t digits = text.size() > 1 && (text[1] == '-' || text[1] == '+') ? 2 : 1;
  const auto end = std::min(text.find_first_not_of("0123456789", digits), text.size());
  return end > digits ? end : 0;
}

/// What `from_chars` has no double for is 0 or infinite.
double value_of(const std::string& digits) {
  double value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc::result_out_of_range) return value;
  return digits.contains("e-") ? 0 : std::numeric_limits<double>::infinity();
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, CommaMeans comma, LetterE letter_e)
      : text_(text), comma_(comma), letter_e_(letter_e) {}

  std::expected<std::vector<Token>, std::string> run() {
    while (at_ < text_.size()) {
      if (text_[at_] == ' ') {
        blank_ = true;
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      if (!take_number() && !take_sign() && !take_word()) {
        return std::unexpected(error_.empty() ? fmt::format("`{}` means nothing in a position", text_.substr(begin, 12))
                                              : error_);
      }
      blank_ = false;
    }
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : ' '; }

  Token& push(TokenKind kind) {
    auto& token = tokens_.emplace_back();
    token.kind = kind;
    token.after_blank = blank_;
    return token;
  }

  [[nodiscard]] bool touches_number() const {
    return !blank_ && !tokens_.empty() && tokens_.back().kind <= TokenKind::seconds;
  }

  /// Whether a sign that stands here belongs to the number behind it.
  [[nodiscard]] bool is_sign_here() const {
    if (peek() != '+' && peek() != '-') return false;
    const bool number_behind = is_digit(peek(1)) || (peek(1) == '.' && is_digit(peek(2)));
    return number_behind && (peek() == '+' || !touches_number() || is_iso_6709());
  }

  /// `+50.5956-036.5873`, `+5035-03635/`: behind a sign at the start, a minus that cannot part minutes begins a number.
  [[nodiscard]] bool is_iso_6709() const {
    return tokens_.front().sign != 0 && (text_.ends_with('/') || tokens_.back().has_fraction);
  }

  /// `36,58`; in `37,50.6` the comma parts numbers, whose points are decimal.
  [[nodiscard]] bool is_decimal_comma_here() const {
    if (peek() != ',' || !is_digit(peek(1))) return false;
    const auto behind = text_.find_first_not_of("0123456789", at_ + 1);
    return behind == text_.npos || text_[behind] != '.';
  }

  bool take_number() {
    const char sign = is_sign_here() ? peek() : '\0';
    const std::size_t first = at_ + (sign != 0 ? 1 : 0);
    if (first >= text_.size() ||
        (!is_digit(text_[first]) && !(text_[first] == '.' && is_digit(peek(first + 1 - at_))))) {
      return false;
    }
    // `50.5.6` is no two numbers.
    if (sign == 0 && !blank_ && !tokens_.empty() && tokens_.back().kind == TokenKind::number) return false;
    at_ = first;
    std::string digits;
    while (is_digit(peek())) digits += text_[at_++];
    Token& token = push(TokenKind::number);
    token.sign = sign;
    token.whole_digits = digits.size();
    const bool decimal_comma = comma_ == CommaMeans::decimal && !digits.empty() && is_decimal_comma_here();
    if (peek() == '.' || decimal_comma) {
      digits += '.';
      ++at_;
      token.has_fraction = is_digit(peek());
      while (is_digit(peek())) digits += text_[at_++];
    }
    take_exponent(digits, token);
    token.magnitude = value_of(digits);
    return true;
  }

  void take_exponent(std::string& digits, Token& token) {
    const auto bytes = letter_e_ == LetterE::exponent ? exponent_bytes(text_.substr(at_)) : 0;
    if (bytes == 0) return;
    digits += text_[at_];
    digits += text_.substr(at_ + (peek(1) == '+' ? 2 : 1), bytes - (peek(1) == '+' ? 2 : 1));
    at_ += bytes;
    token.whole_digits = 0;
    token.has_fraction = true;
  }

  bool take_sign() {
    if (text_.substr(at_).starts_with(degree_sign)) {
      push(TokenKind::degrees);
      at_ += degree_sign.size();
      return true;
    }
    constexpr std::string_view signs = "'\":-,;/";
    constexpr std::array kinds{TokenKind::minutes, TokenKind::seconds,   TokenKind::colon,    TokenKind::hyphen,
                               TokenKind::comma,   TokenKind::semicolon, TokenKind::semicolon};
    const auto found = signs.find(peek());
    if (found == signs.npos) return false;
    push(kinds[found]);
    ++at_;
    return true;
  }

  bool take_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter(text_[at_]) && !text_.substr(at_).starts_with(degree_sign)) ++at_;
    const auto spelled = text_.substr(begin, at_ - begin);
    auto word = find_word(spelled);
    // Behind minutes that are written as `m`, `s` is seconds.
    const bool after_minutes = tokens_.size() >= 2 && tokens_[tokens_.size() - 2].kind == TokenKind::minutes;
    if (spelled == "s" && after_minutes && touches_number()) word = Word{WordKind::seconds};
    // `44.2sn`: a unit, then a letter of the hemisphere.
    if (!word && spelled.size() == 2 && touches_number()) {
      at_ = begin + 1;
      word = spelled[0] == 's' && after_minutes ? Word{WordKind::seconds} : find_word(spelled.substr(0, 1));
    }
    if (!word || spelled.empty()) return false;
    if (word->kind == WordKind::ambiguous) {
      error_ = "`O` is east in German and west in French, Italian and Spanish; write E or W";
      return false;
    }
    push_word(*word);
    while (peek() == '.' || ((peek() == ':' || peek() == '=') && word->kind == WordKind::label)) ++at_;
    return true;
  }

  void push_word(const Word& word) {
    constexpr std::array kinds{TokenKind::degrees, TokenKind::minutes, TokenKind::seconds, TokenKind::hemisphere,
                               TokenKind::label};
    Token& token = push(kinds[static_cast<std::size_t>(word.kind)]);
    token.axis = word.axis;
    token.direction = word.direction;
  }

  std::string_view text_;
  CommaMeans comma_;
  LetterE letter_e_;
  std::size_t at_ = 0;
  bool blank_ = true;
  std::vector<Token> tokens_;
  std::string error_;
};

}  // namespace

bool may_have_exponent(std::string_view plain) {
  for (std::size_t i = 1; i < plain.size(); ++i) {
    const bool behind_digit = is_digit(plain[i - 1]) || plain[i - 1] == '.';
    if (behind_digit && exponent_bytes(plain.substr(i)) > 0) return true;
  }
  return false;
}

bool is_number_with_exponent(std::string_view plain) {
  if (!may_have_exponent(plain)) return false;
  const auto tokens = tokens_of(plain, CommaMeans::decimal, LetterE::exponent);
  return tokens && tokens->size() == 1 && tokens->front().kind == TokenKind::number;
}

std::expected<std::vector<Token>, std::string> tokens_of(std::string_view plain, CommaMeans comma, LetterE letter_e) {
  return Tokenizer(plain, comma, letter_e).run();
}

}  // namespace kordon::evaluation
