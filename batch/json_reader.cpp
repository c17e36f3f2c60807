#include <algorithm>

#include "batch/found_members.hpp"
#include "batch/geometries/extent_rows.hpp"
#include "batch/geometries/extent_sums.hpp"
#include "batch/json_scanner.hpp"
#include "batch/json_value.hpp"
#include "batch/named_members.hpp"
#include "batch/nested_place.hpp"
#include "batch/point_feature.hpp"
#include "batch/record_splitter.hpp"
#include "batch/row_reader.hpp"
#include "batch/row_validator.hpp"

namespace kordon::batch {
namespace {

constexpr std::string_view blanks = " \t\r\n";

class JsonReader final : public RowReader {
 public:
  explicit JsonReader(const Plan& plan)
      : keys_(plan.keys),
        validator_(plan),
        extents_(plan),
        separator_(plan.record_separators ? record_separator : '\n'),
        features_(has_features(plan.options.from)),
        crs_(plan.crs),
        as_xy_(plan.has_crs() && !has_features(plan.options.to)),
        wants_cells_(plan.wants_cells()),
        bytes_beside_row_(plan.bytes_beside_row()),
        pace_(plan.options.limits),
        named_(plan.options.names) {}

  std::size_t read_from(std::string& block, std::size_t from, const Step& step, Chunk& chunk) override {
    block.reserve(block.size() + JsonScanner::padding);
    chunk.clear();
    validator_.begin_block();
    pace_.begin(step);
    auto rest = std::string_view(block).substr(from);
    while (!rest.empty() && chunk.rows() < pace_.most_rows()) {
      const auto row = block.size() - rest.size();
      auto text = rest.substr(0, rest.find(separator_));
      rest.remove_prefix(std::min(text.size() + 1, rest.size()));
      text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
      if (text.empty()) continue;
      text.remove_suffix(text.size() - text.find_last_not_of(blanks) - 1);
      chunk.texts.push_back(text);
      chunk.splices.emplace_back();
      if (!read_row(text, chunk)) {
        chunk.drop_last_row();
        return row;
      }
      pace_.makes(bytes_beside_row_);
      if (wants_cells_) chunk.cell_ends.push_back(static_cast<std::uint32_t>(chunk.cells.size()));
    }
    return block.size() - rest.size();
  }

 private:
  /// False: it is a line or an area, or it opens a reference system, and those are for another step.
  bool read_row(std::string_view text, Chunk& chunk) {
    if (auto error = scanner_.scan(text, members_)) return refuse(std::move(*error), chunk);
    if (features_) return read_feature(text, chunk);
    find_roles(members_);
    const auto array = found_.has_place() ? std::nullopt : find_nested(text);
    if (!array && !found_.has_place() && !found_.has_cell()) named_.choose_place(members_, in_crs_, found_);
    named_.choose_accuracy_and_time(members_, found_);
    found_.refuse_composite_id();
    set_splice(text, members_, chunk);
    keep_cells(members_, chunk);
    return array ? refuse(*array, chunk) : admit(number_row(), chunk);
  }

  bool read_feature(std::string_view text, Chunk& chunk) {
    const auto feature = read_point_feature(members_, crs_, geometry_scanner_);
    properties_.clear();
    if (feature.properties) std::ignore = properties_scanner_.scan(feature.properties->text, properties_);
    is_extent_ = (feature.error || has_disc()) && extents_.take(feature.geometry, properties_);
    if (is_extent_ && pace_.step().apart) return false;
    find_roles(properties_);
    named_.choose_accuracy_and_time(properties_, found_);
    for (const Role role : {Role::lon, Role::lat, Role::position, Role::crs}) found_.set(role, nullptr);
    in_crs_ = !crs_.empty();
    if (feature.is_feature) set_feature_splice(text, feature, chunk);
    if (wants_cells_ && feature.id) chunk.cells.push_back({"id", feature.id->text, Role::id, true});
    if (wants_cells_ && !feature.error) {
      chunk.cells.push_back({as_xy_ ? "x" : "lon", feature.lon_text, as_xy_ ? Role::x : Role::lon, true});
      chunk.cells.push_back({as_xy_ ? "y" : "lat", feature.lat_text, as_xy_ ? Role::y : Role::lat, true});
    }
    keep_cells(properties_, chunk);
    if (is_extent_) return add_extent(chunk);
    if (feature.error) return refuse(*feature.error, chunk);
    PlainRow row = number_row();
    row.lon_deg = feature.lon_deg;
    row.lat_deg = feature.lat_deg;
    return admit(row, chunk);
  }

  static bool refuse(evaluation::FieldError error, Chunk& chunk) {
    RowValidator::add_bad({std::move(error)}, chunk);
    return true;
  }

  bool add_extent(Chunk& chunk) {
    if (pace_.step().refuses) return refuse(time_is_used("geometry"), chunk);
    pace_.makes(extents_.answer(properties_, found_, own_members(), chunk));
    pace_.spent(true);
    return true;
  }

  [[nodiscard]] bool has_disc() const {
    return std::ranges::find(properties_, "disc_radius_m", &JsonMember::name) != properties_.end();
  }

  /// Whether an earlier answer has left it, or the answer would write it twice.
  [[nodiscard]] bool is_answer(const JsonMember& member, const RowKey* key) const {
    return (key != nullptr && key->role == Role::answer) || (is_extent_ && is_extent_answer(member.name));
  }

  void find_roles(const std::vector<JsonMember>& members) {
    found_.clear();
    has_answer_ = false;
    for (const auto& member : members) {
      const auto* key = keys_.find(member.name);
      has_answer_ = has_answer_ || is_answer(member, key);
      if (key == nullptr || key->role == Role::answer) continue;
      found_.take(*key, member);
    }
    const auto* crs = found_.at(Role::crs);
    in_crs_ = !crs_.empty() || (crs != nullptr && crs->kind != JsonKind::null);
    found_.choose_pair(in_crs_);
  }

  /// The error: an array stands where a place is looked for.
  std::optional<evaluation::FieldError> find_nested(std::string_view text) {
    const auto* place = nested_.find(text, members_, keys_);
    if (place == nullptr) return found_.has_cell() ? std::nullopt : array_as_place(members_);
    found_.set(Role::lon, &place->lon);
    found_.set(Role::lat, &place->lat);
    found_.set(Role::position, nullptr);
    if (place->accuracy_m && found_.at(Role::accuracy_m) == nullptr) found_.set(Role::accuracy_m, &*place->accuracy_m);
    return std::nullopt;
  }

  PlainRow number_row() {
    PlainRow row{found_.number(Role::lon), found_.number(Role::lat), found_.number(Role::accuracy_m)};
    const auto* at = found_.at(Role::at);
    own_query_.clear();
    const auto add = [&](std::string_view name, const JsonMember& member) {
      if (member.kind == JsonKind::null) return;
      (((own_query_ += name) += '=') += member.text) += '\n';
    };
    if (at != nullptr && at->kind == JsonKind::string && !at->string.empty()) {
      row.at = at->string;
    } else if (at != nullptr) {
      add("at", *at);
      row.lacks_time = at->kind == JsonKind::null;
    }
    for (const auto& [key, member] : found_.query) add(key->key, *member);
    if (const auto* parameters = found_.at(Role::parameters)) add("parameters", *parameters);
    row.own_query = own_query_;
    return row;
  }

  [[nodiscard]] bool is_odd(Role role, JsonKind expected) const {
    const auto* member = found_.at(role);
    return member != nullptr && member->kind != expected && member->kind != JsonKind::null;
  }

  bool admit(const PlainRow& row, Chunk& chunk) {
    if (pace_.step().refuses) return refuse(time_is_used("row"), chunk);
    const auto* position = found_.at(Role::position);
    const bool odd = (position != nullptr && position->kind != JsonKind::null) ||
                     is_odd(Role::accuracy_m, JsonKind::number) || in_crs_ || !found_.errors.empty();
    if (!odd && validator_.add_plain(row, chunk)) return true;
    const auto own = members(row);
    const bool opens = in_crs_ && validator_.would_open_system(own);
    if (opens && pace_.step().apart) return false;
    validator_.add(row, own, std::move(found_.errors), chunk);
    pace_.spent(opens);
    return true;
  }

  evaluation::Members members(const PlainRow& row) {
    evaluation::Members own;
    const auto add = [&](std::string_view key, Role role) {
      const auto* member = found_.at(role);
      if (member == nullptr) return;
      own.push_back({std::string(key), value_of(*member)});
      auto* text = role == Role::position ? std::get_if<std::string>(&own.back().value) : nullptr;
      if (text != nullptr) *text = with_notation(*text, notation_prefix(member->name));
    };
    if (features_) {
      own.push_back({"lon", *row.lon_deg});
      own.push_back({"lat", *row.lat_deg});
    } else {
      add("lon", Role::lon);
      add("lat", Role::lat);
      add("position", Role::position);
      for (const auto& [key, role] : {std::pair("x", Role::x), {"y", Role::y}, {"crs", Role::crs}}) {
        if (in_crs_) add(key, role);
      }
    }
    add("accuracy_m", Role::accuracy_m);
    std::ranges::move(own_members(), std::back_inserter(own));
    return own;
  }

  /// What a row asks, wherever it lies.
  evaluation::Members own_members() {
    evaluation::Members own;
    if (const auto* at = found_.at(Role::at)) own.push_back({"at", value_of(*at)});
    for (const auto& [key, member] : found_.query) own.push_back({key->key, value_of(*member)});
    if (const auto* parameters = found_.at(Role::parameters)) add_parameters(*parameters, geometry_scanner_, own);
    return own;
  }

  void keep_cells(const std::vector<JsonMember>& members, Chunk& chunk) const {
    if (!wants_cells_) return;
    for (const auto& member : members) {
      const auto* key = keys_.find(member.name);
      auto role = key == nullptr ? Role::other : key->role;
      const bool in_geometry = role == Role::lon || role == Role::lat || role == Role::id;
      if (features_ && in_geometry) role = Role::other;
      if (!features_ && in_crs_ && key != nullptr && key->is_planar()) role = role == Role::lon ? Role::x : Role::y;
      if (!is_answer(member, key)) chunk.cells.push_back({member.name, member.text, role, true});
    }
  }

  /// An object again, without the members that an earlier answer has left.
  std::string without_answers(const std::vector<JsonMember>& members) const {
    return object_of(members, [&](const JsonMember& member) { return !is_answer(member, keys_.find(member.name)); });
  }

  static std::string_view own(std::string text, Chunk& chunk) {
    return *chunk.rewritten.emplace_back(std::make_unique<std::string>(std::move(text)));
  }

  void set_splice(std::string_view text, const std::vector<JsonMember>& members, Chunk& chunk) const {
    if (has_answer_) text = chunk.texts.back() = own(without_answers(members), chunk);
    const bool comma = has_answer_ ? text.size() > 2 : !members.empty();
    chunk.splices.back() = {static_cast<std::uint32_t>(text.size() - 1), comma};
  }

  void set_feature_splice(std::string_view text, const PointFeature& feature, Chunk& chunk) const {
    const bool as_it_is = feature.properties != nullptr && !has_answer_;
    if (as_it_is) {
      const auto& inside = feature.properties->text;
      chunk.splices.back() = {static_cast<std::uint32_t>(inside.data() + inside.size() - 1 - text.data()),
                              !properties_.empty()};
      return;
    }
    std::string out = "{";
    for (const auto& member : members_) {
      if (member.name == "properties") continue;
      (((((out += '"') += member.name) += "\":") += member.text) += ',');
    }
    const auto properties = without_answers(properties_);
    (out += "\"properties\":") += properties;
    chunk.splices.back() = {static_cast<std::uint32_t>(out.size() - 1), properties.size() > 2};
    chunk.texts.back() = own(out += '}', chunk);
  }

  const RowKeys& keys_;
  RowValidator validator_;
  ExtentRows extents_;
  char separator_;
  bool features_;
  const std::string& crs_;  ///< of all rows
  bool as_xy_;              ///< features' coordinates are no degrees
  bool in_crs_ = false;     ///< of the row in hand
  bool wants_cells_;
  std::size_t bytes_beside_row_;
  Pace pace_;
  bool has_answer_ = false;
  bool is_extent_ = false;  ///< the row in hand is a line or an area
  JsonScanner scanner_;
  JsonScanner properties_scanner_;
  JsonScanner geometry_scanner_;
  NestedPlace nested_;
  NamedMembers named_;
  std::vector<JsonMember> members_;
  std::vector<JsonMember> properties_;
  FoundMembers found_;
  std::string own_query_;
};

}  // namespace

std::unique_ptr<RowReader> make_json_reader(const Plan& plan) { return std::make_unique<JsonReader>(plan); }

}  // namespace kordon::batch
