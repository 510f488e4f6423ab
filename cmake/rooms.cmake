# One static library per room of the house.
#
#   tierworks_room(NAME FOLDER... [LINKS room-or-library ...])
#
# makes the target `tierworks_NAME` of every .cc below the folders; a room of headers only becomes an INTERFACE library,
# and a room without any file none. LINKS names rooms declared before (`core`) or imported targets (`fmt::fmt`).
# The folders are looked at again on every build, so a new file needs no word here.
function(tierworks_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "LINKS")
  set(sources)
  set(headers)
  foreach(folder IN LISTS room_UNPARSED_ARGUMENTS)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cc)
    list(APPEND sources ${found})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.h)
    list(APPEND headers ${found})
  endforeach()

  set_property(GLOBAL APPEND PROPERTY TIERWORKS_ROOM_NAMES ${name})
  tierworks_resolve_links(links ${room_LINKS})
  if(sources)
    add_library(tierworks_${name} STATIC ${sources} ${headers})
    target_link_libraries(tierworks_${name} PRIVATE $<BUILD_INTERFACE:tierworks_flags> ${links})
  elseif(headers)
    add_library(tierworks_${name} INTERFACE)
    target_link_libraries(tierworks_${name} INTERFACE ${links})
  endif()
endfunction()

# Names of rooms become their targets; a declared room without files is left out, an undeclared name is an error.
function(tierworks_resolve_links out)
  get_property(declared GLOBAL PROPERTY TIERWORKS_ROOM_NAMES)
  set(links)
  foreach(link IN LISTS ARGN)
    if(link MATCHES "::")
      list(APPEND links ${link})
    elseif(NOT link IN_LIST declared)
      message(FATAL_ERROR "no room `${link}` is declared before this one")
    elseif(TARGET tierworks_${link})
      list(APPEND links tierworks_${link})
    endif()
  endforeach()
  set(${out} ${links} PARENT_SCOPE)
endfunction()

# Installs rooms as a package that find_package(tierworks) finds; each becomes `tierworks::NAME`.
function(tierworks_library)
  foreach(name IN LISTS ARGN)
    set_target_properties(tierworks_${name} PROPERTIES EXPORT_NAME ${name})
    target_include_directories(tierworks_${name} INTERFACE
      $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tierworks>)
    target_compile_features(tierworks_${name} INTERFACE cxx_std_20)
    # Contraction of products and sums would change samples and results with the processor.
    target_compile_options(tierworks_${name} INTERFACE $<INSTALL_INTERFACE:-ffp-contract=off>)
    list(APPEND targets tierworks_${name})
  endforeach()
  target_link_libraries(tierworks_parallel INTERFACE $<INSTALL_INTERFACE:tierworks::core>)
  install(TARGETS ${targets} EXPORT tierworks ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT tierworks NAMESPACE tierworks:: FILE tierworks-targets.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tierworks)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/core DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tierworks
    FILES_MATCHING PATTERN "*.h")
  include(CMakePackageConfigHelpers)
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/tierworks-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_SOURCE_DIR}/cmake/tierworks-config.cmake ${CMAKE_SOURCE_DIR}/cmake/metis.cmake
    ${CMAKE_BINARY_DIR}/tierworks-config-version.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tierworks)
endfunction()

# The command `tierworks`, in the root of the build directory; it links every room.
function(tierworks_command folder)
  cmake_parse_arguments(PARSE_ARGV 1 command "" "" "LINKS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cc)
  if(NOT sources)
    return()
  endif()
  get_property(rooms GLOBAL PROPERTY TIERWORKS_ROOM_NAMES)
  tierworks_resolve_links(links ${rooms} ${command_LINKS})
  add_executable(tierworks ${sources})
  target_link_libraries(tierworks PRIVATE tierworks_flags ${links})
  target_compile_definitions(tierworks PRIVATE TIERWORKS_VERSION="${PROJECT_VERSION}")
  set_target_properties(tierworks PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  install(TARGETS tierworks RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
