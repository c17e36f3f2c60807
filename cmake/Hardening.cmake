# What a fault in memory is kept from becoming: for the program, the libraries that it links of ours, and the wheel's module.
# deploy/image/build-gdal gives the same to the image's own GDAL. tests/repo/hardening.py reads it off the binaries.
include(CheckPIESupported)
check_pie_supported()

if(KORDON_HARDEN AND NOT KORDON_SANITIZE)
  target_compile_options(kordon_options INTERFACE
    -fstack-protector-strong -fstack-clash-protection
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection=full>
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},aarch64>:-mbranch-protection=standard>
    # It needs optimisation; a distribution may have set a lower level.
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
    $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>)
  target_link_options(kordon_options INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code)
endif()
