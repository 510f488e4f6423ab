# METIS has no package file of its own for CMake.
find_path(TIERWORKS_METIS_INCLUDE metis.h REQUIRED)
find_library(TIERWORKS_METIS metis REQUIRED)
add_library(tierworks::metis UNKNOWN IMPORTED)
set_target_properties(tierworks::metis PROPERTIES
  IMPORTED_LOCATION ${TIERWORKS_METIS}
  INTERFACE_INCLUDE_DIRECTORIES ${TIERWORKS_METIS_INCLUDE})
