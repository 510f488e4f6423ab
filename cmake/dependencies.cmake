# Everything of others that we build on; `cmake/install_dependencies.sh` installs it on Debian.
find_package(fmt REQUIRED)
# find_package would quietly take Debian's oneTBB instead, in which the thread sanitizer reports races that are none.
if(TIERWORKS_SANITIZE MATCHES "thread" AND NOT EXISTS "${TBB_DIR}/TBBConfig.cmake")
  message(FATAL_ERROR "The thread sanitizer needs a oneTBB built for it: run cmake/build_instrumented_tbb.sh "
    "and configure with `cmake --preset tsan` (looked for TBBConfig.cmake in TBB_DIR=\"${TBB_DIR}\")")
endif()
find_package(TBB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

# libyaml has no package file of its own for CMake.
find_path(TIERWORKS_LIBYAML_INCLUDE yaml.h REQUIRED)
find_library(TIERWORKS_LIBYAML yaml REQUIRED)
add_library(tierworks::libyaml UNKNOWN IMPORTED)
set_target_properties(tierworks::libyaml PROPERTIES
  IMPORTED_LOCATION ${TIERWORKS_LIBYAML}
  INTERFACE_INCLUDE_DIRECTORIES ${TIERWORKS_LIBYAML_INCLUDE})

include(cmake/metis.cmake)

# Nor has muParser everywhere.
find_path(TIERWORKS_MUPARSER_INCLUDE muParserBase.h REQUIRED)
find_library(TIERWORKS_MUPARSER muparser REQUIRED)
add_library(tierworks::muparser UNKNOWN IMPORTED)
set_target_properties(tierworks::muparser PROPERTIES
  IMPORTED_LOCATION ${TIERWORKS_MUPARSER}
  INTERFACE_INCLUDE_DIRECTORIES ${TIERWORKS_MUPARSER_INCLUDE})

# NLopt, through its interface in C: the one in C++ throws.
find_path(TIERWORKS_NLOPT_INCLUDE nlopt.h REQUIRED)
find_library(TIERWORKS_NLOPT nlopt REQUIRED)
add_library(tierworks::nlopt UNKNOWN IMPORTED)
set_target_properties(tierworks::nlopt PROPERTIES
  IMPORTED_LOCATION ${TIERWORKS_NLOPT}
  INTERFACE_INCLUDE_DIRECTORIES ${TIERWORKS_NLOPT_INCLUDE})

# Header-only: said here, at configure time, rather than by the first file that misses them.
find_path(TIERWORKS_RANDOM123_INCLUDE Random123/philox.h REQUIRED)
find_path(TIERWORKS_BOOST_INCLUDE boost/intrusive/list.hpp REQUIRED)
