# The map, laid out beside the program, where `kordon serve` finds it. Without npm there is none.
find_program(NPM npm)
if(NOT NPM)
  message(STATUS "No npm: the map is left out")
  return()
endif()
add_custom_target(kordon_web ALL
  COMMAND ${PROJECT_SOURCE_DIR}/web/build ${CMAKE_BINARY_DIR}/web $<$<BOOL:${KORDON_TESTS}>:--with-tests>
  COMMENT "Laying out the map"
  COMMAND_EXPAND_LISTS VERBATIM)
include(GNUInstallDirs)
install(DIRECTORY ${CMAKE_BINARY_DIR}/web DESTINATION ${CMAKE_INSTALL_DATADIR}/kordon)
