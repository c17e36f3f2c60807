#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cli/sink.hpp"
#include "cli/source.hpp"
#include "geo/atlas/open_dataset.hpp"

namespace kordon::cli {

/// An attribute of a layer.
struct VectorField {
  enum class Type { integer, real, boolean, text };
  std::string name;
  Type type = Type::text;
};

/// A layer in any format that GDAL reads, as GeoJSON text sequence in WGS 84.
class VectorSource : public Source {
 public:
  [[nodiscard]] virtual const std::vector<VectorField>& fields() const = 0;
  /// Whether the file says which reference system its coordinates are in.
  [[nodiscard]] virtual bool has_crs() const = 0;
  /// What GDAL may have read otherwise than it is meant, in words.
  [[nodiscard]] virtual std::vector<std::string> notices() const { return {}; }
};

/// Whether GDAL has a format for files with such a name, to read or to create; of those to read some are refused when
/// they are opened (geo/atlas/open_dataset.hpp).
bool is_vector_file(const std::string& name, bool to_create);

/// ` (...)`: what reads and writes Parquet and Arrow files where this GDAL does not; empty for any other name.
std::string other_reader_of(const std::string& name);

/// Whether files of this name are sheets without geometry: those are read as CSV, with their first row as header.
bool is_table_file(const std::string& name);

/// `layers` may be empty where there is only one, or only one with features, and of KML, whose folders are read one
/// after the other. Without a reference system, coordinates are taken for WGS 84; one without a known datum shift is an
/// error.
std::expected<std::unique_ptr<VectorSource>, std::string> open_vector(const std::string& name,
                                                                      const std::vector<std::string>& layers,
                                                                      const geo::DataRules& rules);

/// Takes GeoJSON text sequences of scored rows and writes points in WGS 84, in the format that the name's ending says.
/// Attributes are `fields`; where there are none, those of the first features, numbers as reals.
/// Written in a folder beside the final place and moved there by `commit`.
std::expected<std::unique_ptr<Sink>, std::string> create_vector(const std::string& name,
                                                                std::vector<VectorField> fields);

}  // namespace kordon::cli
