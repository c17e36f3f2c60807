#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tracks/track.hpp"

namespace kordon::tracks {

/// What happened to an object on its way from one fix to the next.
struct WatchEvent {
  enum class Kind : std::uint8_t {
    enter,    ///< a region; or it was first seen in it, after a gap, too
    exit,     ///< of a region; or it was last seen in it, before a gap
    dwell,    ///< it has been in a region for WatchRules::dwell_s
    verdict,  ///< changes; or it is the first one, after a gap, too
    gap,      ///< what lies between the two fixes is not bridged
  };
  Kind kind = Kind::enter;
  bool seen = true;  ///< crossed on the way; false: found so at a fix, with no way to it
  Station at;
  Milliseconds earliest_ms = no_time;  ///< of what was crossed: the fixes beside it; else the time itself
  Milliseconds latest_ms = no_time;
  std::size_t region = 0;                                 ///< of enter, exit and dwell: in Question::regions
  std::size_t program = 0;                                ///< of verdict: in Question::programs
  policy::Verdict from = policy::Verdict::indeterminate;  ///< of verdict; the same as `to` if it is the first one
  policy::Verdict to = policy::Verdict::indeterminate;
  double dwell_s = 0;  ///< of exit and dwell: in the region; of verdict: under `from`
  Reason because;      ///< of a verdict that changed
};

/// What is told, and how fixes are read.
struct WatchRules {
  Reading reading;
  double dwell_s = std::numeric_limits<double>::infinity();  ///< after which `dwell` is told, once a stay
};

/// An object between two of its fixes: what is kept of it, whatever its past. Some hundred bytes, and 16 for each
/// region that it is in.
struct WatchedObject {
  Fix last;
  Sample sample;            ///< there, with its own accuracy
  double at_m = 0;          ///< the way so far
  std::uint64_t fixes = 0;  ///< 0: none was taken yet
  std::uint64_t told = 0;   ///< events so far, for whoever numbers them
  struct Stay {
    std::size_t region;
    Milliseconds since_ms;
    bool dwell_told;
  };
  std::vector<Stay> stays;  ///< by region, ascending
  struct Standing {
    policy::Verdict verdict;
    Milliseconds since_ms;
  };
  std::vector<Standing> standings;  ///< by program
};

/// Enter, exit, dwell and verdict events of objects, fix by fix: the same events for the same fixes, however they are
/// cut into calls. Between two fixes an object goes as `Reading` says; what is crossed is what `follow` finds. For one
/// thread.
class Watch {
 public:
  /// `periods` as for `follow`, for all times.
  Watch(std::span<const Period> periods, const WatchRules& rules);

  /// Appends what happened since the object's last fix, in order of time. The fix has a time. Nothing is done, and
  /// false, where its time lies before that of the last fix, or it lies 180 degrees of longitude from it.
  bool add(WatchedObject& object, const Fix& fix, std::vector<WatchEvent>& out);

 private:
  void begin(WatchedObject& object, const Fix& fix, std::vector<WatchEvent>& out);
  void end(WatchedObject& object, std::vector<WatchEvent>& out);
  void follow_way(WatchedObject& object, const Fix& fix, std::vector<WatchEvent>& out);
  void take_course(WatchedObject& object, const TrackAnswer& answer, std::size_t program, std::vector<WatchEvent>& out);
  void take_visit(WatchedObject& object, const Visit& visit, std::size_t region, const Fix& fix,
                  std::vector<WatchEvent>& out);
  /// On the way to the fix, if it is due by then.
  void tell_dwell(const WatchedObject& object, WatchedObject::Stay& stay, const Fix& fix, Milliseconds until_ms,
                  std::vector<WatchEvent>& out) const;
  [[nodiscard]] bool is_gap(const Fix& from, const Fix& to) const;
  [[nodiscard]] std::size_t period_at(Milliseconds time_ms) const;
  Sample sample(const Fix& fix) { return fields_[period_at(fix.time_ms)].sample(fix.place, fix.accuracy_m); }

  std::span<const Period> periods_;
  WatchRules rules_;
  std::vector<MarginField> fields_;  ///< by period
};

}  // namespace kordon::tracks
