#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#if defined(__GNUC__)
#define KORDON_PUBLIC __attribute__((visibility("default")))
#else
#define KORDON_PUBLIC
#endif

/// Where a position stands against borders, and what published policies say of it.
///
///     const auto kordon = kordon::Configuration::open("config/kordon.json").value();
///     const auto query = kordon.compile({.at = "2024-06-15T00:00:00Z", .activity = "counter-fire"}).value();
///     const auto located = kordon.locate({.lon_deg = 36.5873, .lat_deg = 50.5956}).value();
///     for (const auto& answer : kordon.evaluate(query, located))
///       std::cout << name_of(answer.verdict) << ' ' << answer.margin_m << ' ' << answer.because.clause << '\n';
///
/// Metres are geodesic on WGS 84, right to 1 cm; edges are straight in longitude and latitude (RFC 7946). Everything
/// here is safe for any number of threads; only what the machine causes (no memory) throws. Kordon reads a public
/// statement against public boundary data: it is not an authorisation.
///
/// Versions are semantic. Before 1.0 a new minor version may change this header, and the library's file has another
/// name (libkordon.so.0.2); a patch changes neither.
namespace kordon {

/// What is wrong, and where: a file with its feature or key, or a member of what is asked (`lat`, `at`, `depth_km`).
struct Error {
  std::string where;
  std::string message;
};
using Errors = std::vector<Error>;

/// WGS 84 in degrees, longitude in [-180, 180], latitude in [-90, 90]; the radius that holds the true place with 95 %.
struct Place {
  double lon_deg = 0;
  double lat_deg = 0;
  double accuracy_m = 0;
};

struct RegionStanding {
  std::string id;       ///< `RU`
  double margin_m = 0;  ///< distance to the region's boundary, positive inside, negative outside; may be infinite
};

struct BorderStanding {
  std::string id;         ///< `RU|UA-63`
  double distance_m = 0;  ///< infinite where the section has no line
  double nearest_lon_deg = 0;
  double nearest_lat_deg = 0;
  double accuracy_m = 0;  ///< 95 % positional error of the line
};

/// Where a position stands; `regions` and `borders` are all there are, in the configuration's order.
struct Located {
  Place place;
  std::vector<RegionStanding> regions;
  std::vector<BorderStanding> borders;
  std::vector<double> signed_m;  ///< both together, for `evaluate`: leave it as it is
};

/// What is asked. Empty texts: now, all policies, all activities; parameters not named have the policy's values.
struct Query {
  std::string at;  ///< RFC 3339
  std::string policy;
  std::string activity;
  std::map<std::string, double> parameters;
};

enum class Verdict { eligible, ineligible, indeterminate, not_applicable };
/// `eligible`, `ineligible`, `indeterminate`, `not_applicable`.
KORDON_PUBLIC std::string_view name_of(Verdict verdict);

/// The clause that decided.
struct Because {
  std::string rule;                   ///< empty: none
  std::string clause;                 ///< `inside RU`
  std::optional<double> value_m;      ///< what was measured
  std::optional<double> threshold_m;  ///< what it was held against
  std::string text;                   ///< for readers: `Inside Russia: 31.4 km from its edge`
};

struct ParameterUse {
  std::string id;
  double value = 0;
  bool assumed = false;            ///< no source states it
  std::optional<double> flips_at;  ///< nearest value at which the verdict changes, all else equal
};

struct Answer {
  std::string policy;
  std::string activity;
  Verdict verdict = Verdict::indeterminate;
  double margin_m = 0;        ///< how far the position could move before the answer flips: see the README
  bool margin_exact = false;  ///< false: at least that far
  double margin_low_m = 0;    ///< with the accuracies of place and line
  double margin_high_m = 0;
  Because because;
  std::vector<ParameterUse> parameters;
  std::vector<std::string> warnings;
};

/// A query, compiled for one time; as long-lived as the configuration that made it.
class KORDON_PUBLIC CompiledQuery {
 public:
  struct Impl;
  explicit CompiledQuery(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

/// Borders and policies, loaded and verified, then const. A copy is another handle of the same.
class KORDON_PUBLIC Configuration {
 public:
  /// Reads kordon.json and all that it names; all errors at once.
  static std::expected<Configuration, Errors> open(const std::filesystem::path& file);

  /// `sha256:` and 64 hex digits over everything that answers rest on.
  [[nodiscard]] const std::string& data_version() const;

  [[nodiscard]] std::expected<Located, Errors> locate(const Place& place) const;
  [[nodiscard]] std::expected<CompiledQuery, Errors> compile(const Query& query) const;

  /// One answer for each activity that the query asks, in the policies' order. `located` must come from this
  /// configuration.
  [[nodiscard]] std::vector<Answer> evaluate(const CompiledQuery& query, const Located& located) const;

 private:
  struct Impl;
  explicit Configuration(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace kordon
