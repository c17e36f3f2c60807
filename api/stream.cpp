#include "api/stream.hpp"

#include <algorithm>
#include <array>

#include "api/evaluate.hpp"
#include "api/json_body.hpp"
#include "api/media_type.hpp"
#include "api/problem.hpp"
#include "api/target.hpp"

namespace kordon::api {
namespace {

constexpr std::string_view path = "/v1/evaluate";
constexpr std::array<std::string_view, 3> ndjson_types{"application/x-ndjson", "application/jsonl",
                                                       "application/x-jsonlines"};

class NdjsonStream final : public BatchStream {
 public:
  NdjsonStream(const config::World& world, policy::Instant now) : world_(world), now_(now) {}

  std::expected<void, FieldErrors> feed(std::string_view piece, std::string& out) override {
    while (!piece.empty()) {
      const auto end = piece.find('\n');
      line_ += piece.substr(0, end);
      if (end == piece.npos) break;
      answer_line(out);
      piece.remove_prefix(end + 1);
    }
    return {};
  }

  std::expected<void, FieldErrors> finish(std::string& out) override {
    answer_line(out);
    return {};
  }

  [[nodiscard]] StreamTotals totals() const override { return totals_; }

 private:
  void answer_line(std::string& out) {
    const std::string line = std::exchange(line_, {});
    if (line.find_first_not_of(" \t\r") == line.npos) return;
    ++totals_.rows;
    const auto body = read_json_body(line, 1);
    const auto json = body ? evaluate_one(world_, body->members, now_) : std::unexpected(body.error());
    if (json) {
      out += *json;
    } else {
      ++totals_.rows_in_error;
      JsonWriter writer(out);
      writer.begin_object().key("error");
      write_errors(writer, json.error());
      writer.end_object();
    }
    out += '\n';
  }

  const config::World& world_;
  policy::Instant now_;
  std::string line_;
  StreamTotals totals_;
};

}  // namespace

std::expected<std::optional<OpenedStream>, FieldErrors> open_stream(const config::World& world, const Request& head) {
  const auto target = parse_target(head.target);
  if (!target || target->path != path || head.method != "POST") return std::nullopt;
  const bool streams =
      std::ranges::any_of(ndjson_types, [&](auto type) { return is_media_type(head.content_type, type); });
  if (!streams) return std::nullopt;
  if (!accepts(head.accept, ndjson_types[0])) {
    return std::unexpected(FieldErrors{{"Accept", Code::not_acceptable, "this stream is answered in its own type"}});
  }
  return OpenedStream{.stream = std::make_unique<NdjsonStream>(world, head.received),
                      .content_type = std::string(ndjson_types[0]),
                      .route = path};
}

}  // namespace kordon::api
