#pragma once

#include <vector>

#include "batch/measure.hpp"
#include "geo/earth/position.hpp"

namespace kordon::batch {

/// Checked positions, owned, as columns that grow; `Positions` is the view of such columns.
class Places {
 public:
  [[nodiscard]] Positions columns() const { return {lon_deg_, lat_deg_, accuracy_m_}; }

  [[nodiscard]] geo::LonLat place(std::size_t i) const { return {lon_deg_[i], lat_deg_[i]}; }
  [[nodiscard]] geo::Position position(std::size_t i) const {
    return geo::Position::checked(place(i), accuracy_m_[i]).value();
  }

  void push_back(const geo::Position& position) {
    lon_deg_.push_back(position.place().lon_deg);
    lat_deg_.push_back(position.place().lat_deg);
    accuracy_m_.push_back(position.accuracy_m());
  }

  void clear() {
    for (auto* column : {&lon_deg_, &lat_deg_, &accuracy_m_}) column->clear();
  }

 private:
  std::vector<double> lon_deg_, lat_deg_, accuracy_m_;
};

}  // namespace kordon::batch
