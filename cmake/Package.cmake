# The Debian package (`make deb`), by CPack. What only a package has is of the component `package`, which
# `cmake --install` leaves out.
set(packaged ${CMAKE_BINARY_DIR}/package)

# Its configuration lies in /etc: paths that are relative to share/kordon/config become absolute, and the index goes where the service may write.
file(READ ${CMAKE_SOURCE_DIR}/config/kordon.json config)
string(REPLACE "../shapefiles/kordon.index" "/var/cache/kordon/kordon.index" config "${config}")
string(REPLACE "../shapefiles/" "/usr/share/kordon/shapefiles/" config "${config}")
string(REPLACE "\"kordon.schema.json\"" "\"/usr/share/kordon/config/kordon.schema.json\"" config "${config}")
file(WRITE ${packaged}/kordon.json "${config}")
execute_process(COMMAND gzip -9nc ${CMAKE_SOURCE_DIR}/docs/man/kordon.1 OUTPUT_FILE ${packaged}/kordon.1.gz COMMAND_ERROR_IS_FATAL ANY)

install(FILES ${packaged}/kordon.json DESTINATION /etc/kordon COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${CMAKE_SOURCE_DIR}/config/policies/us-kharkiv-2024.json DESTINATION /etc/kordon/policies COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${CMAKE_SOURCE_DIR}/deploy/systemd/kordon.service DESTINATION /usr/lib/systemd/system COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${packaged}/kordon.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/kordon RENAME copyright
  COMPONENT package EXCLUDE_FROM_ALL)

set(CPACK_PACKAGE_CONTACT "Kordon's maintainers <nobody@kordon.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "tells where a coordinate stands against borders and policy zones")
set(CPACK_PACKAGE_DESCRIPTION "Region, distance to the border on the ellipsoid, verdict of a published policy with its margin and reason,
by REST, on the command line and on a map. It is not an authorisation.")
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL Unspecified package)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS proj-data)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/deploy/debian/conffiles ${CMAKE_SOURCE_DIR}/deploy/debian/postinst
  ${CMAKE_SOURCE_DIR}/deploy/debian/prerm ${CMAKE_SOURCE_DIR}/deploy/debian/postrm)
set(CPACK_OUTPUT_FILE_PREFIX ${CMAKE_SOURCE_DIR}/build/packages)
include(CPack)
