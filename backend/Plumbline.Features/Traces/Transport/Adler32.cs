namespace Plumbline.Features.Traces.Transport;

/// <summary>The sum at the end of a zlib stream.</summary>
/// <remarks>RFC 1950, section 8.2</remarks>
internal static class Adler32
{
    private const uint Base = 65521;

    /// <summary>Bytes whose sums fit into 32 bits before they have to be reduced.</summary>
    private const int Stretch = 5552;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (1u, 0u);
        while (!bytes.IsEmpty)
        {
            var stretch = bytes[..Math.Min(bytes.Length, Stretch)];
            foreach (var value in stretch)
            {
                a += value;
                b += a;
            }
            (a, b) = (a % Base, b % Base);
            bytes = bytes[stretch.Length..];
        }
        return (b << 16) | a;
    }
}
