#pragma once

#include "geo/edge_index/near_query.hpp"
#include "geo/edge_index/survey.hpp"

namespace kordon::geo::edge_index {

/// `Index::survey`.
void survey(const IndexParts& index, LonLat place, const SurveyQuery& query, Survey& out);

}  // namespace kordon::geo::edge_index
