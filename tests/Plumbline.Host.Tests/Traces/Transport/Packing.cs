using System.IO.Compression;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>gzip as senders do it.</summary>
internal static class Packing
{
    public static byte[] Gzip(byte[] bytes) => Gzip(bytes, 1);

    /// <summary>The bytes so many times, never held at once.</summary>
    public static byte[] Gzip(byte[] bytes, int times)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < times; i++) gzip.Write(bytes);
        }
        return packed.ToArray();
    }
}
