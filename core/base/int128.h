// 128-bit integers for time integrals and event keys; both compilers have them, the standard does not.
#pragma once

namespace tierworks::core {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

}  // namespace tierworks::core
