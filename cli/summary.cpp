#include "cli/summary.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "batch/diagnostics.hpp"

namespace kordon::cli {
namespace {

constexpr std::chrono::milliseconds redraw{200};
constexpr int bar_cells = 24;

/// 1,234,567.
std::string grouped(std::uint64_t number) {
  auto digits = fmt::format("{}", number);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
    digits.insert(static_cast<std::size_t>(place), 1, ',');
  }
  return digits;
}

std::string rate(std::uint64_t rows, double seconds) {
  return grouped(static_cast<std::uint64_t>(static_cast<double>(rows) / std::max(seconds, 1e-6)));
}

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * bar_cells);
  return fmt::format("[{:.<{}}]", std::string(full, '#'), bar_cells);
}

std::string errors_by_code(const batch::Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.by_code.size(); ++i) {
    if (counts.by_code[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(counts.by_code[i]),
                        evaluation::row_of(static_cast<evaluation::Code>(i)).name);
  }
  return text;
}

std::string verdicts(const batch::Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.by_verdict.size(); ++i) {
    if (counts.by_verdict[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(counts.by_verdict[i]),
                        policy::name_of(static_cast<policy::Verdict>(i)));
  }
  return text;
}

}  // namespace

std::string summary(const world::World& world, const batch::Counts& counts, std::chrono::duration<double> took) {
  std::string text = fmt::format("{} rows in {:.2f} s, {} a second; {} in error\n", grouped(counts.rows), took.count(),
                                 rate(counts.rows, took.count()), grouped(counts.rows_in_error));
  if (counts.rows_in_error > 0)
    text += fmt::format("errors: {}, such as: {}\n", errors_by_code(counts), counts.an_error);
  if (counts.extents > 0) text += fmt::format("lines and areas: {}\n", grouped(counts.extents));
  if (counts.rows_in_error + counts.extents < counts.rows) text += "verdicts: " + verdicts(counts) + '\n';
  for (const auto& [notation, count] : counts.by_notation) {
    text += fmt::format("read: {} position{} as {}\n", grouped(count), count == 1 ? "" : "s", notation);
  }
  for (const auto& notice : counts.notices) text += "look: " + notice + '\n';
  if (counts.without_column > 0) {
    text += fmt::format("note: {} values had no column in the answer; its columns are those of the first rows\n",
                        grouped(counts.without_column));
  }
  for (const auto& finding : batch::diagnose(world, counts)) text += "look: " + finding + '\n';
  return text;
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const Progress& progress) {
  const auto now = Clock::now();
  if (!terminal_ || now - shown_ < redraw) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  std::string line = "\r\x1b[K";
  if (progress.share) line += fmt::format("{} {:3.0f}%  ", bar(*progress.share), 100 * *progress.share);
  line += fmt::format("{} rows  {}/s  {} in error", grouped(progress.rows), rate(progress.rows, seconds),
                      grouped(progress.rows_in_error));
  std::fputs(line.c_str(), stderr);
}

void ProgressLine::clear() {
  if (terminal_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace kordon::cli
