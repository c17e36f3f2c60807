# Uber's H3 C library as the target h3, from the source that its Python package carries: Debian 12 has none. The archive is fetched
# once, by pip, and kept beside the build folders for all of them. Its names stay inside what links it.
set(H3_RELEASE 4.3.1)
set(H3_SHA256 ecac67318538ecef1d893c019946d4cce58c1eef9349090b887ebfe8a59d4f31)
set(KORDON_H3_ARCHIVE "" CACHE FILEPATH "h3-${H3_RELEASE}.tar.gz, where it cannot be fetched")
set(KORDON_DOWNLOADS ${PROJECT_SOURCE_DIR}/build/downloads CACHE PATH "Where fetched sources are kept")

function(h3_check archive verdict)
  set(sum "")
  if(EXISTS ${archive})
    file(SHA256 ${archive} sum)
  endif()
  string(COMPARE EQUAL "${sum}" ${H3_SHA256} same)
  set(${verdict} ${same} PARENT_SCOPE)
endfunction()

# The first Python that has pip, for that of a build environment may have none. There, PYTHONPATH hides what is installed.
function(h3_find_pip command)
  find_program(KORDON_PYTHON NAMES python3 python DOC "A Python, to fetch H3 with its pip")
  foreach(python ${KORDON_PYTHON} /usr/bin/python3)
    set(pip ${CMAKE_COMMAND} -E env --unset=PYTHONPATH PIP_DISABLE_PIP_VERSION_CHECK=1
      PIP_CONSTRAINT=${CMAKE_BINARY_DIR}/h3-fetch/tools.txt ${python} -m pip)
    execute_process(COMMAND ${pip} --version OUTPUT_QUIET ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(${command} ${pip} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# pip holds the archive against its sum before it looks inside, and then has its build tools tell the package's name.
function(h3_fetch archive)
  get_filename_component(folder ${archive} DIRECTORY)
  set(wanted ${CMAKE_BINARY_DIR}/h3-fetch/wanted.txt)
  string(RANDOM name)
  set(fetched ${folder}/${name})
  file(WRITE ${wanted} "h3==${H3_RELEASE} --hash=sha256:${H3_SHA256}\n")
  file(WRITE ${CMAKE_BINARY_DIR}/h3-fetch/tools.txt "scikit-build-core==1.1.2\ncython==3.1.3\n")
  message(STATUS "Fetching H3 ${H3_RELEASE}")
  set(output "there is no python3 with pip")
  h3_find_pip(pip)
  if(pip)
    execute_process(
      COMMAND ${pip} download --quiet --no-deps --no-binary h3 --require-hashes --requirement ${wanted} --dest ${fetched}
      OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE ignored)
  endif()
  h3_check(${fetched}/h3-${H3_RELEASE}.tar.gz good)
  if(good)
    # By rename, so that of two builds that start together neither reads a half.
    file(RENAME ${fetched}/h3-${H3_RELEASE}.tar.gz ${archive})
  endif()
  file(REMOVE_RECURSE ${fetched})
  if(NOT good)
    message(FATAL_ERROR "Cannot fetch H3 ${H3_RELEASE}:\n${output}\n"
      "It needs python3 with pip (Debian: python3-pip) and a way to pip's packages. Without one, run\n"
      "  python3 -m pip download --no-deps --no-binary h3 h3==${H3_RELEASE}\n"
      "elsewhere, bring h3-${H3_RELEASE}.tar.gz here and configure with -DKORDON_H3_ARCHIVE=path/to/h3-${H3_RELEASE}.tar.gz")
  endif()
endfunction()

function(h3_find archive_variable)
  if(KORDON_H3_ARCHIVE)
    get_filename_component(archive ${KORDON_H3_ARCHIVE} ABSOLUTE BASE_DIR ${CMAKE_SOURCE_DIR})
    h3_check(${archive} good)
    if(NOT good)
      message(FATAL_ERROR "KORDON_H3_ARCHIVE: ${archive} is not h3-${H3_RELEASE}.tar.gz with the SHA-256 ${H3_SHA256}")
    endif()
  else()
    set(archive ${KORDON_DOWNLOADS}/h3-${H3_RELEASE}.tar.gz)
    h3_check(${archive} good)
    if(NOT good)
      h3_fetch(${archive})
    endif()
  endif()
  set(${archive_variable} ${archive} PARENT_SCOPE)
endfunction()

set(h3_folder ${CMAKE_BINARY_DIR}/h3-${H3_RELEASE})
set(h3_source ${h3_folder}/src/h3lib)
if(NOT EXISTS ${h3_folder}/unpacked)
  h3_find(h3_archive)
  file(REMOVE_RECURSE ${h3_folder})
  file(ARCHIVE_EXTRACT INPUT ${h3_archive} DESTINATION ${CMAKE_BINARY_DIR} PATTERNS h3-${H3_RELEASE}/src/h3lib)
  file(TOUCH ${h3_folder}/unpacked)
endif()

file(STRINGS ${h3_source}/VERSION h3_version LIMIT_COUNT 1)
string(REGEX MATCH "^([0-9]+)\\.([0-9]+)\\.([0-9]+)" h3_version "${h3_version}")
set(H3_VERSION_MAJOR ${CMAKE_MATCH_1})
set(H3_VERSION_MINOR ${CMAKE_MATCH_2})
set(H3_VERSION_PATCH ${CMAKE_MATCH_3})
configure_file(${h3_source}/src/h3lib/include/h3api.h.in ${h3_folder}/include/h3api.h)

file(GLOB h3_files ${h3_source}/src/h3lib/lib/*.c)
add_library(h3 STATIC ${h3_files})
# Like our own: the same bits, hardened, under sanitizers. Its warnings are its authors' concern.
target_link_libraries(h3 PRIVATE kordon_options m)
target_compile_options(h3 PRIVATE -w)
target_include_directories(h3 PRIVATE ${h3_source}/src/h3lib/include)
target_include_directories(h3 SYSTEM PUBLIC ${h3_folder}/include)
set_target_properties(h3 PROPERTIES C_VISIBILITY_PRESET hidden C_COMPILER_LAUNCHER "${CMAKE_CXX_COMPILER_LAUNCHER}")

install(FILES ${h3_source}/LICENSE DESTINATION share/doc/kordon RENAME LICENSE.h3)
