# embed(api NAME file): adds a source to the library that holds the file's bytes as `kordon::embedded::NAME`.
# Declare it where it is used: namespace kordon::embedded { extern const std::string_view NAME; }
function(embed library name file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include <string_view>
namespace kordon::embedded {
extern const std::string_view @name@;
static constexpr char bytes[] = {@bytes@};
constinit const std::string_view @name@(bytes, sizeof bytes);
}
]])
  target_sources(${library} PRIVATE ${source})
endfunction()
