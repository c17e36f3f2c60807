#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/budget.hpp"
#include "server/spool.hpp"

namespace kordon::server {

/// A body that several answers share; counted once, for as long as anybody holds it.
class SharedBody {
 public:
  SharedBody(Budget& budget, std::string the_text) : text(std::move(the_text)), share_(budget, Hold::waiting) {
    share_.set(text.capacity());
  }
  const std::string text;

 private:
  BudgetShare share_;
};

/// Outbox of a connection: texts of its own, bodies that it shares with others, and bytes that were moved to disk, for
/// a client that does not read; in the order in which they were added. Small answers are not copied.
class Outbox {
 public:
  /// At most so many bytes on disk. Budget and folder must live as long.
  Outbox(Budget& budget, const std::filesystem::path& spool_folder, std::size_t most_spooled_bytes);
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;
  ~Outbox();

  /// The text that answers are appended to.
  std::string& text() { return text_; }
  void add(std::string body);
  void add(std::shared_ptr<const SharedBody> body);

  [[nodiscard]] bool empty() const { return flight_at_ == flight_.size() && items_.empty() && text_.empty(); }

  /// The next bytes to be written, which stay where they are until all of them are taken; empty where there are none.
  std::string_view front();
  void take(std::size_t bytes);

  /// Of its own, in memory.
  [[nodiscard]] std::size_t waiting_bytes() const { return flight_.size() + item_bytes_ + text_.size(); }
  /// States to the budget how much is held. To be called after a turn.
  void count();

  /// Moves to disk all that is not being written, in order; shared bodies only if asked to, for a body that many hold
  /// takes less memory than disk. False past a bound or where the disk fails: the rest stays in memory.
  bool spill(bool shared_too = false);

 private:
  /// One of: an own text, a shared body, or so many bytes of the spool.
  struct Item {
    std::string own = {};
    std::shared_ptr<const SharedBody> shared = {};
    std::size_t at = 0;  ///< of the text, taken already
    std::uint64_t spooled = 0;

    [[nodiscard]] std::string_view rest() const { return std::string_view(shared ? shared->text : own).substr(at); }
  };

  void begin_next();
  void keep_text();
  void join_spooled();

  BudgetShare waiting_;
  Budget& budget_;
  std::size_t most_spooled_bytes_;
  std::uint64_t counted_spool_ = 0;
  std::string flight_;  ///< being written
  std::size_t flight_at_ = 0;
  std::vector<Item> items_;
  std::size_t item_bytes_ = 0;  ///< of their own texts
  Spool spool_;
  std::string text_;  ///< behind all items
};

}  // namespace kordon::server
