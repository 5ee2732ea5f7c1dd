using System.Runtime.CompilerServices;

namespace Plumbline.TraceStore.Queries;

/// <summary>Steps over the bounds check of arrays whose bounds were looked at.</summary>
internal static class RefExtensions
{
    public static ref T At<T>(this ref T first, int index) where T : struct => ref Unsafe.Add(ref first, index);
}
