#include "evaluation/evaluate_request.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "evaluation/fields.hpp"
#include "evaluation/key_kinds.hpp"

namespace kordon::evaluation {
namespace {

/// As map libraries and GPS devices have the two.
constexpr auto spellings = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"lng", "lon"}, {"long", "lon"}, {"longitude", "lon"}, {"latitude", "lat"}});

std::string_view usual_key(const world::World& world, const Member& member) {
  const auto spelling = std::ranges::find(spellings, member.key, &decltype(spellings)::value_type::first);
  const bool is_other = spelling != spellings.end() && kind_of(world, member) == KeyKind::unknown;
  return is_other ? spelling->second : std::string_view(member.key);
}

/// The same under the usual keys; an error for what stands under two.
Members with_usual_keys(const world::World& world, const Members& members, FieldErrors& errors) {
  Members usual = members;
  for (auto& member : usual) member.key = usual_key(world, member);
  for (std::size_t i = 0; i < usual.size(); ++i) {
    const auto same = [&](const Member& other) { return !other.in_parameters && other.key == usual[i].key; };
    if (usual[i].key == members[i].key || std::ranges::count_if(usual, same) == 1) continue;
    errors.push_back({members[i].key, Code::duplicate, "given more than once, expected at most one value"});
  }
  return usual;
}

}  // namespace

std::expected<EvaluateRequest, FieldErrors> read_evaluate_request(const world::World& world, const Members& given,
                                                                  geo::CrsPlaces& systems, policy::Instant now) {
  FieldErrors errors;
  const bool is_usual =
      std::ranges::all_of(given, [&](const Member& member) { return usual_key(world, member) == member.key; });
  const Members other = is_usual ? Members() : with_usual_keys(world, given, errors);
  const Members& members = is_usual ? given : other;
  std::ranges::move(unknown_keys(world, members, false), std::back_inserter(errors));
  auto place = read_place(members, systems);
  auto query = compile_query(world, members, now);
  if (!place) std::ranges::move(place.error(), std::back_inserter(errors));
  if (!query) std::ranges::move(query.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return EvaluateRequest{std::move(*query), std::move(*place)};
}

}  // namespace kordon::evaluation
