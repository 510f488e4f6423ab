# For find_package(tierworks): what the libraries need themselves, then the libraries.
include(CMakeFindDependencyMacro)
find_dependency(TBB)
include(${CMAKE_CURRENT_LIST_DIR}/metis.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/tierworks-targets.cmake)
