#include "server/outbox.hpp"

#include <algorithm>
#include <utility>

namespace kordon::server {
namespace {

constexpr std::size_t slice_bytes = 128 * 1024;  // of a long text, or of the spool, in one write
constexpr std::size_t kept_bytes = 4 * 1024;     // of memory, for the next answer

void give_back(std::string& buffer) {
  buffer.clear();
  if (buffer.capacity() > kept_bytes) std::string().swap(buffer);
}

}  // namespace

Outbox::Outbox(Budget& budget, const std::filesystem::path& spool_folder, std::size_t most_spooled_bytes)
    : waiting_(budget, Hold::waiting), budget_(budget), most_spooled_bytes_(most_spooled_bytes), spool_(spool_folder) {}

Outbox::~Outbox() { budget_.subtract(Hold::spooled, counted_spool_); }

void Outbox::add(std::string body) {
  if (body.empty()) return;
  keep_text();
  item_bytes_ += body.size();
  items_.push_back({.own = std::move(body)});
}

void Outbox::add(std::shared_ptr<const SharedBody> body) {
  if (body->text.empty()) return;
  keep_text();
  items_.push_back({.shared = std::move(body)});
}

std::string_view Outbox::front() {
  if (flight_at_ == flight_.size()) begin_next();
  return std::string_view(flight_).substr(flight_at_);
}

void Outbox::take(std::size_t bytes) {
  flight_at_ += bytes;
  if (flight_at_ < flight_.size()) return;
  flight_at_ = 0;
  give_back(flight_);
  if (text_.capacity() < flight_.capacity() && text_.empty()) text_.swap(flight_);  // one buffer does, as a rule
}

/// In the order of items, then the text.
void Outbox::begin_next() {
  flight_at_ = 0;
  flight_.clear();
  if (items_.empty() && text_.size() <= slice_bytes) return flight_.swap(text_);
  keep_text();
  auto& item = items_.front();
  if (item.spooled > 0) {
    flight_ = spool_.take(static_cast<std::size_t>(std::min<std::uint64_t>(slice_bytes, item.spooled)));
    item.spooled -= flight_.size();
  } else {
    flight_ = item.rest().substr(0, slice_bytes);
    item.at += flight_.size();
    if (!item.shared) item_bytes_ -= flight_.size();
  }
  if (item.spooled == 0 && item.rest().empty()) items_.erase(items_.begin());
}

void Outbox::keep_text() {
  if (text_.empty()) return;
  item_bytes_ += text_.size();
  items_.push_back({.own = std::exchange(text_, {})});
}

bool Outbox::spill(bool shared_too) {
  count();
  keep_text();
  // What stands before something spooled stays, for the spool is read in order.
  const auto last =
      std::ranges::find_if(items_.rbegin(), items_.rend(), [](const Item& item) { return item.spooled > 0; });
  for (auto item = last.base(); item != items_.end(); ++item) {
    const auto rest = item->rest();
    if (rest.empty() || (item->shared && !shared_too)) continue;
    const bool fits = spool_.size() + rest.size() <= most_spooled_bytes_ && budget_.has_disk(rest.size());
    if (!fits || !spool_.append(rest)) return false;
    if (!item->shared) item_bytes_ -= rest.size();
    *item = {.spooled = rest.size()};
    count();
  }
  join_spooled();
  return true;
}

void Outbox::join_spooled() {
  for (std::size_t i = 1; i < items_.size();) {
    if (items_[i - 1].spooled == 0 || items_[i].spooled == 0) {
      ++i;
      continue;
    }
    items_[i - 1].spooled += items_[i].spooled;
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void Outbox::count() {
  waiting_.set(waiting_bytes());
  const auto spooled = spool_.size();
  if (spooled > counted_spool_) budget_.add(Hold::spooled, spooled - counted_spool_);
  if (spooled < counted_spool_) budget_.subtract(Hold::spooled, counted_spool_ - spooled);
  counted_spool_ = spooled;
}

}  // namespace kordon::server
