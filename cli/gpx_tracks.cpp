#include "cli/gpx_tracks.hpp"

#include <fmt/format.h>

#include <atomic>
#include <map>

#include "batch/record_splitter.hpp"
#include "cli/interrupt.hpp"
#include "text/json_writer.hpp"
#include "text/number_text.hpp"

namespace kordon::cli {
namespace {

/// RFC 3339; without an offset where the file states none.
std::string time_text(const OGRFeature& feature, int field) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0;
  if (feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone) == 0) return {};
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:06.3f}", year, month, day, hour, minute, second);
  constexpr int utc = 100;
  if (zone < 2) return text;
  const int minutes = (zone - utc) * 15;
  return zone == utc ? text + 'Z'
                     : text + fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                                          std::abs(minutes) % 60);
}

/// The lists of a track that is being read, as JSON.
struct Track {
  std::string coordinates;
  std::string times;
  int segment = -1;
  bool timed = false;

  void add(const OGRFeature& point, int segment_number, int time_field) {
    const bool begins = segment_number != segment;
    if (begins && segment >= 0) coordinates += "],", times += "],";
    if (begins) coordinates += '[', times += '[';
    if (!begins) coordinates += ',', times += ',';
    segment = segment_number;
    const auto* geometry = point.GetGeometryRef();
    const OGRPoint none;
    const auto& place = geometry == nullptr ? none : *geometry->toPoint();
    coordinates += '[';
    text::append_shortest(coordinates, place.getX());
    coordinates += ',';
    text::append_shortest(coordinates, place.getY());
    coordinates += ']';
    const bool has_time = point.IsFieldSetAndNotNull(time_field) != 0;
    timed = timed || has_time;
    times += has_time ? '"' + time_text(point, time_field) + '"' : "null";
  }
};

class GpxTracks final : public VectorSource {
 public:
  GpxTracks(Dataset dataset, const std::string& name, const GdalErrors& opening)
      : dataset_(std::move(dataset)), points_(*dataset_->GetLayerByName("track_points")) {
    auto& tracks = *dataset_->GetLayerByName("tracks");
    const auto& definition = *tracks.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i) fields_.push_back({definition.GetFieldDefn(i)->GetNameRef()});
    while (const Feature track{tracks.GetNextFeature()}) read_fields(*track);
    const auto& point = *points_.GetLayerDefn();
    track_ = point.GetFieldIndex("track_fid");
    segment_ = point.GetFieldIndex("track_seg_id");
    time_ = point.GetFieldIndex("time");
    reader_ = FeatureReader(name, opening.first());
  }

  [[nodiscard]] const std::vector<VectorField>& fields() const override { return fields_; }
  [[nodiscard]] bool has_crs() const override { return true; }

  Done read(std::string& piece) override {
    piece.clear();
    while (piece.empty() && !interrupted() && !ended_) {
      if (!next_) next_ = reader_.next(points_);
      ended_ = next_ == nullptr;
      if (!ended_) append_track(piece);
    }
    return piece.empty() && !interrupted() ? reader_.done() : Done();
  }

  [[nodiscard]] std::optional<double> share_read() const override { return std::nullopt; }

 private:
  void read_fields(const OGRFeature& track) {
    auto& texts = texts_[track.GetFID()];
    for (int i = 0; i < track.GetFieldCount(); ++i) {
      if (track.IsFieldSetAndNotNull(i) != 0) texts.emplace_back(i, track.GetFieldAsString(i));
    }
  }

  /// The points up to the next track's first one, which is kept.
  void append_track(std::string& out) {
    const auto number = next_->GetFieldAsInteger64(track_);
    Track track;
    while (next_ && next_->GetFieldAsInteger64(track_) == number) {
      track.add(*next_, next_->GetFieldAsInteger(segment_), time_);
      next_ = reader_.next(points_);
    }
    text::JsonWriter writer(out);
    writer.begin_object().key("type").text("Feature").key("geometry").begin_object();
    writer.key("type").text("MultiLineString");
    const bool fits = track.coordinates.size() + track.times.size() < batch::max_row_bytes / 2;
    if (fits) writer.key("coordinates").written("[" + track.coordinates + "]]");
    writer.end_object().key("properties").begin_object();
    for (const auto& [field, text] : texts_[number]) {
      writer.key(fields_[static_cast<std::size_t>(field)].name).text(text);
    }
    if (track.timed && fits) writer.key("coordTimes").written("[" + track.times + "]]");
    writer.end_object().end_object();
    out += '\n';
  }

  Dataset dataset_;
  OGRLayer& points_;
  FeatureReader reader_{"", ""};
  std::vector<VectorField> fields_;
  std::map<GIntBig, std::vector<std::pair<int, std::string>>> texts_;  ///< of tracks by number: field and text
  Feature next_;
  int track_ = -1;
  int segment_ = -1;
  int time_ = -1;
  bool ended_ = false;
};

}  // namespace

bool is_gpx(GDALDataset& dataset) { return dataset.GetDriverName() == std::string_view("GPX"); }

std::unique_ptr<VectorSource> make_gpx_tracks(Dataset dataset, const std::string& name, const GdalErrors& opening) {
  return std::make_unique<GpxTracks>(std::move(dataset), name, opening);
}

}  // namespace kordon::cli
