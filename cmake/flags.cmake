# How every file of ours is compiled: `tierworks_flags` carries language, warnings, processor and sanitizers.
# The flags that could change a bit of a result (contraction, processor) are the same in every preset but `bench`.
set(TIERWORKS_MARCH "x86-64-v2" CACHE STRING "processor to compile for (native only for benchmarks)")
set(TIERWORKS_SANITIZE "" CACHE STRING "sanitizers, as in -fsanitize=")
option(TIERWORKS_BENCH "build the benchmarks" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(TIERWORKS_CCACHE ccache)
if(TIERWORKS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${TIERWORKS_CCACHE})
endif()

add_library(tierworks_flags INTERFACE)
target_include_directories(tierworks_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(tierworks_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
  -ffp-contract=off)
target_compile_definitions(tierworks_flags INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  target_compile_options(tierworks_flags INTERFACE -march=${TIERWORKS_MARCH})
endif()

# g++ 12 warns of overlapping copies inside std::string's own operator+ (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(tierworks_flags INTERFACE -Wno-restrict)
endif()

if(TIERWORKS_SANITIZE)
  target_compile_options(tierworks_flags INTERFACE
    -fsanitize=${TIERWORKS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tierworks_flags INTERFACE -fsanitize=${TIERWORKS_SANITIZE})
  # g++'s flow analysis sees uninitialized values in code that the sanitizers themselves add.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(tierworks_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
